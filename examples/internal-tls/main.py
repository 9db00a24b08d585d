from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import (
    EmbeddingModel,
    IngressAuthentication,
    IngressController,
    IngressTls,
    InternalTls,
    NgcCredentials,
    Peer,
    RateLimit,
    RotationRestart,
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
    # From Traefik, and from clients inside, to the pods: a certificate of the company's own authority.
    internal_tls=InternalTls.from_cert_manager(cluster_issuer="internal-ca"),
    # A NIM reads its certificate when it starts.
    rotation_restart=RotationRestart.reloader(),
    clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
    # From outside to Traefik: a certificate that everybody knows.
    ingress=SecureIngressOptions(
        host="embeddings.example.com",
        controller=IngressController.traefik(),
        tls=IngressTls.from_cluster_issuer("letsencrypt"),
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
        authentication=IngressAuthentication.oauth2_proxy(namespace="auth"),
    ),
)

app.synth()
