from cdk8s import App, Chart, Duration, YamlOutputType
from cdk8s_nim import (
    EmbeddingModel,
    Guardrails,
    IngressAuthentication,
    IngressController,
    IngressTls,
    NgcCredentials,
    ObservabilityOptions,
    OpenTelemetry,
    Peer,
    RateLimit,
    RemoteReference,
    SecretStoreRef,
    SecureIngressOptions,
    TextEmbeddingNim,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

chart = Chart(app, "embeddings", namespace="embeddings")

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    credentials=NgcCredentials.from_external_secrets(
        chart,
        "ngc",
        store=SecretStoreRef.cluster("vault"),
        api_key=RemoteReference(key="nvidia/ngc", property="api-key"),
    ),
    ingress=SecureIngressOptions(
        host="embeddings.example.com",
        controller=IngressController.traefik(),
        tls=IngressTls.from_cluster_issuer("letsencrypt"),
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
        authentication=IngressAuthentication.oauth2_proxy(namespace="auth"),
    ),
    # The pods of Prometheus reach the port of the API and, with triton_metrics, the one of Triton. Nobody else reaches the second one.
    monitoring=[Peer.pods(labels={"app.kubernetes.io/name": "prometheus"}, namespace="monitoring")],
    triton_metrics=True,
    # A PodMonitor, alerts and a dashboard, as the Helm chart kube-prometheus-stack finds them.
    observability=ObservabilityOptions(
        prometheus_labels={"release": "kube-prometheus-stack"},
        scrape_interval=Duration.seconds(30),
        runbook_url="https://docs.example.com/nim/alerts",
    ),
    # Traces, and once more the metrics, for a collector.
    open_telemetry=OpenTelemetry.otlp_http(
        "http://collector.observability.svc:4318",
        [Peer.pods(labels={"app.kubernetes.io/name": "opentelemetry-collector"}, namespace="observability")],
    ),
)

Guardrails.of(app)
app.synth()
