from cdk8s import App, Chart, Duration, YamlOutputType
from cdk8s_plus_28 import PersistentVolumeAccessMode
from cdk8s_nim import (
    Autoscaling,
    EmbeddingModel,
    IngressAuthentication,
    IngressController,
    IngressTls,
    KedaAuthentication,
    KedaAuthMode,
    KedaPrometheus,
    ModelCache,
    NgcCredentials,
    Peer,
    RateLimit,
    ScalingMetric,
    SecureIngressOptions,
    TextEmbeddingNim,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

chart = Chart(app, "embeddings", namespace="embeddings")

credentials = NgcCredentials.from_secret_names(chart, "ngc")
model = EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2
# Filled once, and mounted by every pod: a new one downloads nothing.
model_cache = ModelCache.prefetched(ModelCache.claim(access_mode=PersistentVolumeAccessMode.READ_WRITE_MANY))

# Queries of people: never without pods, and more of them before the GPUs are full.
TextEmbeddingNim(
    chart,
    "queries",
    model=model,
    credentials=credentials,
    model_cache=model_cache,
    drain_delay=Duration.seconds(15),
    clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
    autoscaling=Autoscaling.horizontal(
        min_replicas=2,
        max_replicas=6,
        metrics=[ScalingMetric.gpu_utilization(60)],
    ),
)

# As Traefik calls the Service of `documents`.
SERVICE = "embeddings-documents-http-api@kubernetes"

# Batches of documents: no pod while there are none.
TextEmbeddingNim(
    chart,
    "documents",
    model=model,
    credentials=credentials,
    model_cache=model_cache,
    drain_delay=Duration.seconds(15),
    autoscaling=Autoscaling.keda(
        min_replicas=0,
        max_replicas=4,
        metrics=[
            # Traefik's routers count without pods too. They also count what login and limit refuse, so each status is asked for:
            # what a pod has answered,
            ScalingMetric.request_rate("traefik_router_requests_total", 10, {"service": SERVICE, "code": "200"}),
            # and what was let in and found no pod (it starts the first one), or pods with a full queue.
            ScalingMetric.request_rate("traefik_router_requests_total", 10, {"service": SERVICE, "code": "503"}),
            ScalingMetric.gpu_utilization(90),
        ],
        scale_down_stabilization=Duration.minutes(15),
        prometheus=KedaPrometheus(
            server_address="http://prometheus.monitoring.svc:9090",
            authentication=KedaAuthentication.cluster("prometheus", [KedaAuthMode.BEARER]),
        ),
    ),
    ingress=SecureIngressOptions(
        host="documents.example.com",
        controller=IngressController.traefik(),
        tls=IngressTls.from_cluster_issuer("letsencrypt"),
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
        authentication=IngressAuthentication.oauth2_proxy(namespace="auth"),
    ),
)

app.synth()
