from cdk8s import App, Chart, YamlOutputType
from cdk8s_plus_28 import Secret
from cdk8s_nim import (
    EmbeddingModel,
    IngressAuthentication,
    IngressController,
    IngressTls,
    NgcCredentials,
    RateLimit,
    RateLimitScope,
    SecureIngressOptions,
    TextEmbeddingNim,
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
        controller=IngressController.f5_nginx(),
        tls=IngressTls.from_cluster_issuer("letsencrypt"),
        # The controller divides the rate by the number of its replicas.
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60, scope=RateLimitScope.CLUSTER),
        authentication=IngressAuthentication.client_certificates(
            Secret.from_secret_name(chart, "client-authority", "embeddings-client-ca")
        ),
        source_ranges=["203.0.113.0/24", "2001:db8:10::/48"],
        response_headers={"X-Content-Type-Options": "nosniff"},
    ),
)

app.synth()
