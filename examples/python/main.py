import os
from dataclasses import dataclass
from typing import Any, Callable

from cdk8s import App, Chart, Duration, YamlOutputType
from cdk8s_plus_28 import PersistentVolumeAccessMode, Secret
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
    Peer,
    RateLimit,
    RemoteReference,
    SecretStoreRef,
    SecureIngressOptions,
    TextEmbeddingNim,
    TlsVersion,
)

# What every environment has.
SHARED: dict[str, Any] = {"model": EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2}


@dataclass(frozen=True)
class Environment:
    """One environment on one cluster."""

    cluster: ArgoCdCluster
    namespace: str
    host: str
    # The rest, for the chart whose Secrets it names.
    nim: Callable[[Chart], dict[str, Any]]
    ingress: Callable[[Chart], dict[str, Any]]


# One replica, Secrets and certificate made by hand, a password for the team.
staging = Environment(
    cluster=ArgoCdCluster.IN_CLUSTER,
    namespace="embeddings-staging",
    host="embeddings.staging.example.com",
    nim=lambda chart: dict(
        # ngc-secret and ngc-api-secret are in the namespace already; the README has the commands.
        credentials=NgcCredentials.from_secret_names(chart, "ngc"),
    ),
    ingress=lambda chart: dict(
        controller=IngressController.f5_nginx(),
        tls=IngressTls.from_secret(Secret.from_secret_name(chart, "certificate", "embeddings-staging-tls")),
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
        # A Secret of type nginx.org/htpasswd.
        authentication=IngressAuthentication.basic(Secret.from_secret_name(chart, "users", "embeddings-users")),
    ),
)

# Three replicas, Vault, cert-manager, single sign-on, office addresses only.
production = Environment(
    cluster=ArgoCdCluster.IN_CLUSTER,
    namespace="embeddings",
    host="embeddings.example.com",
    nim=lambda chart: dict(
        replicas=3,
        # A Job fills the shared volume, and the pods wait for it: right from the first sync on. They have no key and no way
        # out of the cluster. docs/fill-the-cache.md says what the storage class `shared` has to do.
        model_cache=ModelCache.prefetched(
            ModelCache.claim(access_mode=PersistentVolumeAccessMode.READ_WRITE_MANY, storage_class_name="shared")
        ),
        # A pod serves on until the proxies have taken it out; without it an update drops requests. Kubernetes 1.30 or newer.
        drain_delay=Duration.seconds(15),
        max_queue_size=256,
        credentials=NgcCredentials.from_external_secrets(
            chart,
            "ngc",
            store=SecretStoreRef.cluster("vault"),
            api_key=RemoteReference(key="nvidia/ngc", property="api-key"),
            refresh_interval=Duration.minutes(15),
        ),
        # In-cluster callers that skip the ingress, and the pods that scrape /v1/metrics.
        clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
        monitoring=[Peer.pods(labels={"app.kubernetes.io/name": "prometheus"}, namespace="monitoring")],
    ),
    ingress=lambda chart: dict(
        controller=IngressController.traefik(),
        # Traefik sets the lowest TLS version for each host; with the nginx controllers it is a setting of the whole controller.
        tls=IngressTls.from_cluster_issuer("letsencrypt", minimum_version=TlsVersion.TLS_1_2),
        rate_limit=RateLimit.per_client(requests_per_second=10, burst=30, concurrent_connections=20),
        authentication=IngressAuthentication.oauth2_proxy(namespace="auth"),
        source_ranges=["203.0.113.0/24", "2001:db8:10::/48"],
    ),
)

# Each row is rendered into the folder of its name. One more cluster: `"production-us": replace(production, cluster=..., host=...)`.
ENVIRONMENTS = {"staging": staging, "production": production}

# One folder for each chart, one file for each resource. `argocd` has what Argo CD is told; its project allows what the others render.
app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)
argo_cd = Chart(app, "argocd", namespace="argocd")
project = ArgoCdProject(argo_cd, "embeddings", repository="https://git.example.com/platform/manifests.git")

for name, environment in ENVIRONMENTS.items():
    chart = Chart(app, name, namespace=environment.namespace)
    ingress = SecureIngressOptions(host=environment.host, **environment.ingress(chart))
    TextEmbeddingNim(chart, "text-embedding", **SHARED, **environment.nim(chart), ingress=ingress)
    ArgoCdApplication(argo_cd, f"embeddings-{name}", project=project, chart=chart, cluster=environment.cluster)

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
