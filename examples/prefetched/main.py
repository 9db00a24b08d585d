from cdk8s import App, Chart, YamlOutputType
from cdk8s_plus_28 import PersistentVolumeAccessMode
from cdk8s_nim import (
    EmbeddingModel,
    Guardrails,
    IngressAuthentication,
    IngressController,
    IngressTls,
    ModelCache,
    NgcCredentials,
    RateLimit,
    RemoteReference,
    SecretStoreRef,
    SecureIngressOptions,
    TextEmbeddingNim,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)
chart = Chart(app, "embeddings", namespace="embeddings")

credentials = NgcCredentials.from_external_secrets(
    chart,
    "ngc",
    store=SecretStoreRef.cluster("vault"),
    api_key=RemoteReference(key="nvidia/ngc", property="api-key"),
)

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1_B_V2,
    replicas=3,
    credentials=credentials,
    # A Job fills a directory of the volume for this image; the pods have no key and no way out of the cluster.
    model_cache=ModelCache.prefetched(
        ModelCache.claim(access_mode=PersistentVolumeAccessMode.READ_WRITE_MANY, storage_class_name="shared")
    ),
    ingress=SecureIngressOptions(
        host="embeddings.example.com",
        controller=IngressController.traefik(),
        tls=IngressTls.from_cluster_issuer("letsencrypt"),
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
        authentication=IngressAuthentication.oauth2_proxy(namespace="auth"),
    ),
)

Guardrails.of(app)
app.synth()
