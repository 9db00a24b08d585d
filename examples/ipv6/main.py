from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import (
    Egress,
    EmbeddingModel,
    Guardrails,
    NgcCredentials,
    Peer,
    TextEmbeddingNim,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

chart = Chart(app, "embeddings", namespace="embeddings")

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1_B_V2,
    credentials=NgcCredentials.from_secret_names(chart, "ngc"),
    # Pods that have IPv6 addresses alone, or first.
    listen_on_ipv6=True,
    clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
    # NGC, and beside it a store in the cluster, on two ports.
    egress=Egress.of(
        [
            Egress.public_https(),
            Egress.tcp_to([Peer.pods(labels={"app": "minio"}, namespace="storage")], [9000, 9443]),
        ]
    ),
)

Guardrails.of(app)
app.synth()
