from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import (
    EmbeddingModel,
    GatewayImplementation,
    GatewayReference,
    HttpMethod,
    IngressAuthentication,
    IngressController,
    IngressFeature,
    IngressPath,
    IngressTls,
    NgcCredentials,
    Peer,
    RateLimit,
    SecureIngressOptions,
    TextEmbeddingNim,
    UnenforcedFeature,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

chart = Chart(app, "embeddings", namespace="embeddings")

mesh = "the EnvoyFilter of the platform team limits every route of the Gateway"

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    credentials=NgcCredentials.from_secret_names(chart, "ngc"),
    ingress=SecureIngressOptions(
        host="embeddings.example.com",
        # The Gateway, its listeners and their certificate belong to the platform team.
        controller=IngressController.gateway_api(
            implementation=GatewayImplementation.ISTIO,
            gateway=GatewayReference(name="public", namespace="gateways"),
            proxies=[Peer.pods(labels={"gateway.networking.k8s.io/gateway-name": "public"}, namespace="gateways")],
        ),
        tls=IngressTls.from_gateway_listener(),
        paths=[
            IngressPath.exact("/v1/embeddings", [HttpMethod.POST]),
            IngressPath.exact("/v1/models", [HttpMethod.GET]),
        ],
        # Gateway API has no limits and no logins. Each gap is accepted with its reason, which the HTTPRoute carries.
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
        authentication=IngressAuthentication.none(
            "RequestAuthentication and AuthorizationPolicy on the Gateway ask for a token"
        ),
        accept_unenforced=[
            UnenforcedFeature(feature=IngressFeature.RATE_PER_SECOND, reason=mesh),
            UnenforcedFeature(feature=IngressFeature.RATE_BURST, reason=mesh),
            UnenforcedFeature(feature=IngressFeature.STATUS_429, reason=mesh),
            UnenforcedFeature(
                feature=IngressFeature.BODY_SIZE, reason="only our own services call, with batches of a known size"
            ),
        ],
    ),
)

app.synth()
