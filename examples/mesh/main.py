from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import (
    EmbeddingModel,
    Guardrails,
    ModelCache,
    NgcCredentials,
    Peer,
    RestrictedNamespace,
    ServiceMesh,
    TextEmbeddingNim,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)


def embeddings(name: str, mesh: ServiceMesh) -> None:
    """The same NIM in a namespace of its own for each mesh; a cluster has one of them."""
    chart = Chart(app, name, namespace=f"embeddings-{name}")
    # A proxy that is added to the pods has to keep to it as well.
    RestrictedNamespace(chart, "namespace")

    TextEmbeddingNim(
        chart,
        "text-embedding",
        # NVIDIA does not publish how an image 2.2 or newer takes a certificate: the mesh encrypts in its place.
        model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1_B_V2,
        credentials=NgcCredentials.from_secret_names(chart, "ngc"),
        mesh=mesh,
        # The Job that fills the cache stays out of the mesh: a proxy beside it would keep it from ending.
        model_cache=ModelCache.prefetched(ModelCache.claim()),
        # In the mesh too, or nothing is encrypted between them and the NIM.
        clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
    )


# A proxy in every pod.
embeddings("istio-sidecar", ServiceMesh.istio_sidecar())
# A proxy on every node; nothing is added to the pods.
embeddings("istio-ambient", ServiceMesh.istio_ambient())
# A proxy in every pod. The control plane is where the project's own installation has it.
embeddings("linkerd", ServiceMesh.linkerd(control_plane_namespace="linkerd"))

Guardrails.of(app)
app.synth()
