from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import (
    EmbeddingModel,
    Guardrails,
    IngressAuthentication,
    IngressController,
    IngressTls,
    NgcCredentials,
    RateLimit,
    SecureIngressOptions,
    TextEmbeddingNim,
)
from company_edge import CompanyEdge

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)

chart = Chart(app, "embeddings", namespace="embeddings")

edge = CompanyEdge()

TextEmbeddingNim(
    chart,
    "text-embedding",
    model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
    credentials=NgcCredentials.from_secret_names(chart, "ngc"),
    ingress=SecureIngressOptions(
        host="embeddings.example.com",
        controller=IngressController.custom(edge),
        tls=IngressTls.from_cluster_issuer("letsencrypt"),
        rate_limit=RateLimit.per_client(requests_per_second=20, burst=60),
        authentication=IngressAuthentication.external(url="http://authn.auth.svc.cluster.local/check"),
        source_ranges=["203.0.113.0/24"],
    ),
)

# With what the objects of the controller say, the guardrails judge its front doors like any other.
Guardrails.of(app, controllers=[edge.language], strict=True)

app.synth()
