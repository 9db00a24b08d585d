import os
from dataclasses import dataclass, replace

from cdk8s import App, Chart, YamlOutputType
from cdk8s_plus_28 import PersistentVolumeAccessMode
from cdk8s_nim import (
    ArgoCdApplication,
    ArgoCdCluster,
    ArgoCdProject,
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


@dataclass(frozen=True)
class Environment:
    """One environment on one cluster."""

    cluster: ArgoCdCluster
    namespace: str
    host: str
    replicas: int


staging = Environment(
    cluster=ArgoCdCluster.IN_CLUSTER,
    namespace="embeddings-staging",
    host="embeddings.staging.example.com",
    replicas=1,
)

production = Environment(
    cluster=ArgoCdCluster.named("eu-1"),
    namespace="embeddings-eu",
    host="embeddings.eu.example.com",
    replicas=3,
)

# Each row is rendered into the folder of its name.
ENVIRONMENTS = {
    "staging": staging,
    "production-eu": production,
    "production-us": replace(
        production,
        cluster=ArgoCdCluster.named("us-1"),
        namespace="embeddings-us",
        host="embeddings.us.example.com",
    ),
}

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)
argo_cd = Chart(app, "argocd", namespace="argocd")
repository = "https://git.example.com/platform/manifests.git"
project = ArgoCdProject(argo_cd, "embeddings", repository=repository)

for name, environment in ENVIRONMENTS.items():
    chart = Chart(app, name, namespace=environment.namespace)
    TextEmbeddingNim(
        chart,
        "text-embedding",
        model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
        replicas=environment.replicas,
        model_cache=ModelCache.claim(
            access_mode=PersistentVolumeAccessMode.READ_WRITE_MANY, storage_class_name="shared"
        ),
        credentials=NgcCredentials.from_external_secrets(
            chart,
            "ngc",
            store=SecretStoreRef.cluster("vault"),
            api_key=RemoteReference(key="nvidia/ngc", property="api-key"),
        ),
        ingress=SecureIngressOptions(
            host=environment.host,
            controller=IngressController.traefik(),
            tls=IngressTls.from_cluster_issuer("letsencrypt"),
            rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
            authentication=IngressAuthentication.oauth2_proxy(namespace="auth"),
        ),
    )
    ArgoCdApplication(argo_cd, f"embeddings-{name}", project=project, chart=chart, cluster=environment.cluster)

# The Application of the Applications, which somebody applies once. It is in neither of the folders that are synced.
root = Chart(app, "root", namespace="argocd")
ArgoCdApplication(
    root,
    "embeddings",
    project=ArgoCdProject(root, "embeddings-root", repository=repository),
    chart=argo_cd,
    path="argocd",
    create_namespace=False,
)

# The folder to render; all of them without it.
only = os.environ.get("CDK8S_ENVIRONMENT")
if only:
    names = [chart.node.id for chart in app.charts]
    if only not in names:
        raise ValueError(f'CDK8S_ENVIRONMENT: there is no "{only}", but {", ".join(names)}')
    for name in names:
        if name != only:
            app.node.try_remove_child(name)

Guardrails.of(app)
app.synth()
