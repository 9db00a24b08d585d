from cdk8s import App, Chart, Duration, YamlOutputType
from cdk8s_plus_28 import PersistentVolumeAccessMode, Secret
from cdk8s_nim import (
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

# One folder per environment, one file per resource: dist/staging/..., dist/production/...
app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

# ---- staging: one replica, Secrets and certificate made by hand, a password for the team ----

staging = Chart(app, "staging", namespace="embeddings-staging")

TextEmbeddingNim(
    staging,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    # ngc-secret and ngc-api-secret are in the namespace already; the README has the commands.
    credentials=NgcCredentials.from_secret_names(staging, "ngc"),
    ingress=SecureIngressOptions(
        host="embeddings.staging.example.com",
        controller=IngressController.f5_nginx(),
        tls=IngressTls.from_secret(Secret.from_secret_name(staging, "certificate", "embeddings-staging-tls")),
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
        # A Secret of type nginx.org/htpasswd.
        authentication=IngressAuthentication.basic(Secret.from_secret_name(staging, "users", "embeddings-users")),
    ),
)

# ---- production: three replicas, Vault, cert-manager, single sign-on, office addresses only ----

production = Chart(app, "production", namespace="embeddings")

TextEmbeddingNim(
    production,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    replicas=3,
    # A Job fills the shared volume, and the pods wait for it: right from the first sync on. They have no key and no way out of
    # the cluster. docs/fill-the-cache.md says what the storage class `shared` has to do.
    model_cache=ModelCache.prefetched(
        ModelCache.claim(access_mode=PersistentVolumeAccessMode.READ_WRITE_MANY, storage_class_name="shared")
    ),
    # A pod serves on until the proxies have taken it out; without it an update drops requests. Kubernetes 1.30 or newer.
    drain_delay=Duration.seconds(15),
    max_queue_size=256,
    credentials=NgcCredentials.from_external_secrets(
        production,
        "ngc",
        store=SecretStoreRef.cluster("vault"),
        api_key=RemoteReference(key="nvidia/ngc", property="api-key"),
        refresh_interval=Duration.minutes(15),
    ),
    ingress=SecureIngressOptions(
        host="embeddings.example.com",
        controller=IngressController.traefik(),
        tls=IngressTls.from_cluster_issuer("letsencrypt", minimum_version=TlsVersion.TLS_1_2),
        rate_limit=RateLimit.per_client(requests_per_second=10, burst=30, concurrent_connections=20),
        authentication=IngressAuthentication.oauth2_proxy(namespace="auth"),
        source_ranges=["203.0.113.0/24", "2001:db8:10::/48"],
    ),
    # In-cluster callers that skip the ingress, and the pods that scrape /v1/metrics.
    clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
    monitoring=[Peer.pods(labels={"app.kubernetes.io/name": "prometheus"}, namespace="monitoring")],
)

Guardrails.of(app)
app.synth()
