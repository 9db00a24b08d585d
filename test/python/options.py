"""A program with the options that no example uses. `options.ts` is the same in TypeScript: CI compares what both render."""

from cdk8s import App, Chart, Duration, Size, YamlOutputType
from cdk8s_plus_28 import (
    ConfigMap,
    ContainerResources,
    Cpu,
    CpuResources,
    MemoryResources,
    Secret,
    SecretValue,
    ServiceAccount,
    k8s,
)
from cdk8s_nim import (
    ClientAddress,
    ClusterDns,
    ContainerImage,
    Egress,
    EmbeddingModel,
    Gpu,
    IngressAuthentication,
    IngressController,
    IngressTls,
    LogLevel,
    ModelCache,
    NgcCredentials,
    NimInitContainer,
    NimRuntime,
    NimVolume,
    Peer,
    RateLimit,
    RemoteReference,
    RestrictedService,
    SecretStoreRef,
    SecureIngressOptions,
    TextEmbeddingNim,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)
chart = Chart(app, "options", namespace="options")
proxy = Peer.pods(labels={"app": "proxy"}, namespace="egress")

TextEmbeddingNim(
    chart,
    "embedding",
    model=EmbeddingModel.custom(
        id="example/embed",
        image=ContainerImage.from_reference("registry.example.com/embed:2.3.0"),
        max_tokens=1000,
        dimensions=10,
        accepts_images=True,
        min_gpu_memory=Size.gibibytes(8),
    ),
    credentials=NgcCredentials.from_external_secrets(
        chart,
        "ngc",
        store=SecretStoreRef.namespaced("team-store"),
        api_key=RemoteReference(key="nvidia/ngc"),
        docker_config=RemoteReference(key="registry/pull", property="dockerconfigjson"),
    ),
    name="embed",
    runtime=NimRuntime.NATIVE_2_2,
    replicas=2,
    gpu=Gpu.mig("1g.10gb", 2),
    resources=ContainerResources(
        cpu=CpuResources(request=Cpu.units(2), limit=Cpu.millis(4500)),
        memory=MemoryResources(request=Size.gibibytes(24), limit=Size.mebibytes(30_000)),
    ),
    model_cache=ModelCache.ephemeral(size_limit=Size.gibibytes(30)),
    shared_memory_size=Size.gibibytes(1),
    tmp_size=Size.mebibytes(512),
    port=9000,
    log_level=LogLevel.DEBUG,
    json_logs=False,
    request_timeout=Duration.minutes(2),
    startup_timeout=Duration.hours(1),
    env={"EXTRA": "x"},
    secret_env={"MORE": SecretValue(secret=Secret.from_secret_name(chart, "more", "more"), key="k")},
    init_containers=[
        NimInitContainer(
            name="prepare",
            image=ContainerImage.from_reference("registry.example.com/prepare:1.0.0"),
            command=["prepare"],
            args=["--fast"],
            env={"MODE": "fast"},
            resources=ContainerResources(cpu=CpuResources(limit=Cpu.units(2))),
            pull_secrets=[Secret.from_secret_name(chart, "mirror", "mirror")],
            with_model_cache=True,
        ),
    ],
    service_account=ServiceAccount.from_service_account_name(chart, "account", "embedder"),
    scheduler_name="kai-scheduler",
    node_selector={"zone": "a"},
    node_affinity=k8s.NodeAffinity(
        preferred_during_scheduling_ignored_during_execution=[
            k8s.PreferredSchedulingTerm(
                weight=50,
                preference=k8s.NodeSelectorTerm(
                    match_expressions=[k8s.NodeSelectorRequirement(key="rack", operator="Exists")],
                ),
            ),
        ],
    ),
    tolerations=[k8s.Toleration(key="spot", operator="Exists")],
    volumes={
        "settings": NimVolume.from_config_map(
            "/settings", ConfigMap.from_config_map_name(chart, "settings", "settings")
        ),
    },
    pod_labels={"example.com/team": "search"},
    pod_annotations={"team": "search"},
    dns=ClusterDns.custom([Peer.cidr("10.0.0.10/32")], 5353),
    egress=Egress.of(
        [Egress.https_to([Peer.cidr("203.0.113.0/24")]), Egress.tcp_to([proxy], [3128, 3129])],
    ),
    clients=[proxy],
)

second = TextEmbeddingNim(
    chart,
    "second",
    model=EmbeddingModel.NV_EMBEDQA_E5_V5,
    credentials=NgcCredentials.from_secret_names(chart, "names", api_key_secret_name="key", api_key_secret_key="K"),
    ingress=SecureIngressOptions(
        host="embed.example.com",
        controller=IngressController.f5_nginx(namespace="edge", pod_labels={"app": "edge"}),
        tls=IngressTls.from_issuer("team"),
        rate_limit=RateLimit.per_client(requests_per_minute=600, burst=20),
        client_address=ClientAddress.proxy_protocol(),
        authentication=IngressAuthentication.basic(Secret.from_secret_name(chart, "users", "users")),
    ),
)
RestrictedService(chart, "other", pods=second.deployment, name="other", clients=[proxy])

app.synth()
