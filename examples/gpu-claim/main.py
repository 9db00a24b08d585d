from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import (
    EmbeddingModel,
    Gpu,
    Guardrails,
    InternalTls,
    NgcCredentials,
    Peer,
    TextEmbeddingNim,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

chart = Chart(app, "embeddings", namespace="embeddings")

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    credentials=NgcCredentials.from_secret_names(chart, "ngc"),
    # A device that the platform team describes in a ResourceClaimTemplate, in place of a count of GPUs.
    gpu=Gpu.from_resource_claim_template("one-gpu"),
    # TLS to the pods with a certificate that somebody else renews.
    internal_tls=InternalTls.from_secret_name("text-embedding-internal-tls"),
    clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
)

# Without the version, nobody would say that an older cluster drops the claim.
Guardrails.of(app, kubernetes_version="1.34")
app.synth()
