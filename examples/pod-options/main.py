from cdk8s import App, Chart, Size, YamlOutputType
from cdk8s_plus_28 import (
    ConfigMap,
    ContainerResources,
    Cpu,
    CpuResources,
    EphemeralStorageResources,
    MemoryResources,
    ServiceAccount,
    k8s,
)
from cdk8s_nim import (
    CaBundle,
    ContainerImage,
    Egress,
    EmbeddingModel,
    NgcCredentials,
    NimSidecar,
    NimVolume,
    Peer,
    TextEmbeddingNim,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

chart = Chart(app, "embeddings", namespace="embeddings")

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    credentials=NgcCredentials.from_secret_names(chart, "ngc"),
    clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
    # Queue, requests and batches of Triton on port 8002: for Prometheus, and for nobody else.
    triton_metrics=True,
    monitoring=[Peer.pods(labels={"app.kubernetes.io/name": "prometheus"}, namespace="monitoring")],
    # The model comes through the proxy of the company; the collector is inside, on its own port.
    egress=Egress.via_proxy(
        "http://proxy.egress.svc.cluster.local:3128",
        [Peer.pods(labels={"app": "proxy"}, namespace="egress")],
        no_proxy=[".corp.example"],
    ),
    # The proxy inspects TLS: it answers with certificates of the company.
    ca_bundle=CaBundle.from_config_map(
        ConfigMap.from_config_map_name(chart, "authorities", "authorities"), "ca-bundle.pem"
    ),
    further_egress=Egress.tcp_to(
        [Peer.pods(labels={"app.kubernetes.io/name": "opentelemetry-collector"}, namespace="observability")],
        [4318],
    ),
    # Where the platform has its own account, scheduler, queues and kinds of nodes.
    service_account=ServiceAccount.from_service_account_name(chart, "account", "embeddings"),
    scheduler_name="kai-scheduler",
    pod_labels={"kai.scheduler/queue": "search", "example.com/cost-center": "4711"},
    node_affinity=k8s.NodeAffinity(
        required_during_scheduling_ignored_during_execution=k8s.NodeSelector(
            node_selector_terms=[
                k8s.NodeSelectorTerm(
                    match_expressions=[
                        k8s.NodeSelectorRequirement(
                            key="nvidia.com/gpu.product",
                            operator="In",
                            values=["NVIDIA-L40S", "NVIDIA-H100"],
                        ),
                    ],
                ),
            ],
        ),
    ),
    # A collector beside the NIM, as locked down as the NIM. The version is an example: write the one that you have tried.
    sidecars=[
        NimSidecar(
            name="telemetry",
            image=ContainerImage.from_reference("registry.example.com/otel/opentelemetry-collector:0.140.0"),
            args=["--config=/etc/telemetry/collector.yaml"],
            resources=ContainerResources(
                cpu=CpuResources(request=Cpu.millis(50), limit=Cpu.millis(500)),
                memory=MemoryResources(request=Size.mebibytes(128), limit=Size.mebibytes(256)),
                ephemeral_storage=EphemeralStorageResources(request=Size.gibibytes(1), limit=Size.gibibytes(1)),
            ),
            volumes={
                "telemetry-queue": NimVolume.empty_dir("/var/lib/telemetry", Size.gibibytes(1)),
                "telemetry-settings": NimVolume.from_config_map(
                    "/etc/telemetry",
                    ConfigMap.from_config_map_name(chart, "telemetry-settings", "telemetry-settings"),
                ),
            },
        ),
    ],
)

app.synth()
