from cdk8s import App, Chart, YamlOutputType
from cdk8s_plus_28 import Secret
from cdk8s_nim import (
    EmbeddingModel,
    GatewayReference,
    HttpMethod,
    IngressAuthentication,
    IngressController,
    IngressPath,
    IngressTls,
    NgcCredentials,
    RateLimit,
    SecureIngressOptions,
    TextEmbeddingNim,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

chart = Chart(app, "embeddings", namespace="embeddings")

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    credentials=NgcCredentials.from_secret_names(chart, "ngc"),
    ingress=SecureIngressOptions(
        host="embeddings.example.com",
        # The Gateway, its listeners and their certificate belong to the platform team.
        controller=IngressController.envoy_gateway(
            gateway=GatewayReference(name="public", namespace="gateways", listener="https", http_listener="http"),
        ),
        tls=IngressTls.from_gateway_listener(),
        paths=[
            IngressPath.exact("/v1/embeddings", [HttpMethod.POST]),
            IngressPath.exact("/v1/models", [HttpMethod.GET]),
        ],
        # Envoy Gateway admits the rate of a whole period at once, so the burst is the rate.
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=20, header="X-Api-Key"),
        authentication=IngressAuthentication.api_key(
            Secret.from_secret_name(chart, "api-keys", "embeddings-api-keys")
        ),
        source_ranges=["203.0.113.0/24", "2001:db8:10::/48"],
        response_headers={"X-Content-Type-Options": "nosniff"},
    ),
)

app.synth()
