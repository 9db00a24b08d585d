from cdk8s import App, Chart, YamlOutputType
from cdk8s_plus_28 import PersistentVolumeAccessMode, PersistentVolumeClaim
from cdk8s_nim import EmbeddingModel, Guardrails, ModelCache, NgcCredentials, Peer, TextEmbeddingNim

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

# The namespace of the NIMService, because a claim is found in its own namespace only.
chart = Chart(app, "embeddings", namespace="embeddings")

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1_B_V2,
    # What the samples of the operator call the Secrets.
    credentials=NgcCredentials.from_secret_names(chart, "ngc", api_key_secret_name="ngc-api-secret"),
    # The claim that the operator made for the NIMCache "embed", with the model in it: nothing is downloaded.
    model_cache=ModelCache.from_nim_operator(
        PersistentVolumeClaim.from_claim_name(chart, "operator", "embed-pvc"),
        nim_cache="embed",
        access_mode=PersistentVolumeAccessMode.READ_WRITE_MANY,
    ),
    replicas=3,
    clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
)

Guardrails.of(app)
app.synth()
