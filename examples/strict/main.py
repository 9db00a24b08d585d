from cdk8s import App, Chart, YamlOutputType
from cdk8s_plus_28 import PersistentVolumeAccessMode, PersistentVolumeClaim, Secret
from cdk8s_nim import (
    ContainerImage,
    EmbeddingModel,
    IngressAuthentication,
    IngressController,
    IngressTls,
    ModelCache,
    NgcCredentials,
    RateLimit,
    RemoteReference,
    RestrictedNamespace,
    SecretStoreRef,
    SecureIngressOptions,
    SecurityProfile,
    TextEmbeddingNim,
    TlsVersion,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

# Policies that ask whose an object is: the labels of a chart are on each of its objects.
chart = Chart(app, "embeddings", namespace="embeddings", labels={"owner": "search-platform"})

RestrictedNamespace(chart, "namespace")

nim = TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    # A mirror inside the network. The digest is made up: write the one that your registry reports.
    image=ContainerImage.from_reference(
        "registry.example.com/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0"
        "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    ),
    security_profile=SecurityProfile.STRICT,
    # With the model in the volume the pods need no NGC API key, and nothing outside the cluster.
    credentials=NgcCredentials.from_external_secrets(
        chart,
        "ngc",
        air_gapped=True,
        store=SecretStoreRef.cluster("vault"),
        docker_config=RemoteReference(key="registry/pull", property="dockerconfigjson"),
    ),
    replicas=3,
    model_cache=ModelCache.existing_claim(
        PersistentVolumeClaim.from_claim_name(chart, "model", "llama-nemotron-embed-1b-v2"),
        access_mode=PersistentVolumeAccessMode.READ_WRITE_MANY,
    ),
    priority_class_name="inference",
    ingress=SecureIngressOptions(
        host="embeddings.example.com",
        controller=IngressController.traefik(),
        tls=IngressTls.from_cluster_issuer("internal", minimum_version=TlsVersion.TLS_1_3),
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
        authentication=IngressAuthentication.client_certificates(
            Secret.from_secret_name(chart, "client-ca", "embeddings-client-ca")
        ),
        source_ranges=["203.0.113.0/24"],
    ),
)
nim.deployment.deployment.metadata.add_annotation("email", "search-platform@example.com")

app.synth()
