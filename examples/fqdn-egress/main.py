from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import (
    Egress,
    EmbeddingModel,
    Guardrails,
    ModelCache,
    NgcCredentials,
    OpenShiftEgressFirewall,
    Peer,
    SecurityProfile,
    TextEmbeddingNim,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

clients = [Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")]

# A cluster with Cilium: a CiliumNetworkPolicy names the hosts that the Job with the NGC key may download from.
cilium = Chart(app, "cilium", namespace="embeddings-cilium")

TextEmbeddingNim(
    cilium,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1_B_V2,
    credentials=NgcCredentials.from_secret_names(cilium, "ngc"),
    model_cache=ModelCache.prefetched(ModelCache.claim()),
    egress=Egress.cilium_fqdns(),
    clients=clients,
)

# OpenShift: an EgressFirewall names them for every pod of the namespace, and the network policy stays as it is.
openshift = Chart(app, "openshift", namespace="embeddings-openshift")

OpenShiftEgressFirewall(openshift, "egress-firewall")

TextEmbeddingNim(
    openshift,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1_B_V2,
    credentials=NgcCredentials.from_secret_names(openshift, "ngc"),
    security_profile=SecurityProfile.OPENSHIFT,
    model_cache=ModelCache.prefetched(ModelCache.claim()),
    clients=clients,
)

Guardrails.of(app)
app.synth()
