from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import (
    ClusterDns,
    EmbeddingModel,
    IngressAuthentication,
    IngressController,
    IngressFeature,
    IngressTls,
    NgcCredentials,
    RateLimit,
    SecureIngressOptions,
    SecurityProfile,
    TextEmbeddingNim,
    UnenforcedFeature,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

chart = Chart(app, "embeddings", namespace="embeddings")

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    security_profile=SecurityProfile.OPENSHIFT,
    credentials=NgcCredentials.from_secret_names(chart, "ngc"),
    # The name servers of OpenShift: without this the NIM finds no name, and cannot download its model.
    dns=ClusterDns.OPENSHIFT,
    ingress=SecureIngressOptions(
        host="embeddings.apps.example.com",
        controller=IngressController.open_shift_route(),
        tls=IngressTls.from_cluster_issuer("letsencrypt"),
        # The router counts over ten seconds, and the requests of ten seconds may come at once.
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=200, concurrent_connections=16),
        authentication=IngressAuthentication.none("reachable from the office network only, see sourceRanges"),
        source_ranges=["203.0.113.0/24"],
        accept_unenforced=[
            UnenforcedFeature(feature=IngressFeature.BODY_SIZE, reason="the callers are our own batch jobs"),
            UnenforcedFeature(feature=IngressFeature.STATUS_429, reason="the callers retry closed connections"),
        ],
    ),
)

app.synth()
