from cdk8s import App, Chart, YamlOutputType
from cdk8s_plus_28 import Secret
from cdk8s_nim import (
    EmbeddingModel,
    IngressAuthentication,
    IngressController,
    IngressFeature,
    IngressTls,
    NgcCredentials,
    RateLimit,
    SecureIngressOptions,
    TextEmbeddingNim,
    UnenforcedFeature,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

chart = Chart(app, "embeddings", namespace="embeddings")

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    credentials=NgcCredentials.from_secret_names(chart, "ngc"),
    ingress=SecureIngressOptions(
        host="embeddings.example.com",
        # The pods of the Helm chart; for the plain manifests add pod_labels={"run": "haproxy-ingress"}.
        controller=IngressController.ha_proxy(),
        tls=IngressTls.from_cluster_issuer("letsencrypt"),
        # 60 requests in a sliding window of three seconds, which is 20 a second in the long run.
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
        authentication=IngressAuthentication.basic(Secret.from_secret_name(chart, "users", "embeddings-users")),
        source_ranges=["203.0.113.0/24", "198.51.100.0/24"],
        response_headers={"X-Content-Type-Options": "nosniff"},
        accept_unenforced=[
            UnenforcedFeature(feature=IngressFeature.BODY_SIZE, reason="only the two offices call, with a password"),
        ],
    ),
)

app.synth()
