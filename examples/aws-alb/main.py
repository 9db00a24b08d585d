from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import (
    AlbScheme,
    EmbeddingModel,
    IngressAuthentication,
    IngressController,
    IngressFeature,
    IngressTls,
    NgcCredentials,
    RateLimit,
    SecureIngressOptions,
    TextEmbeddingNim,
    UnenforcedFeature,
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
        controller=IngressController.aws_alb(
            scheme=AlbScheme.INTERNET_FACING,
            # The rate limit is a rule of this web ACL.
            web_acl_arn="arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/embeddings/"
            "3ab78708-85b0-49d3-b4e1-7a9615a6613b",
            # The public subnets; the load balancer connects to the pods from there.
            load_balancer_subnets=["10.0.0.0/20", "10.0.16.0/20", "10.0.32.0/20"],
        ),
        tls=IngressTls.from_acm_certificate(
            "arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012"
        ),
        # AWS WAF admits all requests of its window at once, so the burst is the rate of a minute.
        rate_limit=RateLimit.per_client(requests_per_minute=600, burst=600),
        authentication=IngressAuthentication.jwt(
            issuer="https://login.example.com/",
            jwks_uri="https://login.example.com/.well-known/jwks.json",
            audiences=["https://embeddings.example.com"],
        ),
        response_headers={"X-Content-Type-Options": "nosniff"},
        accept_unenforced=[
            UnenforcedFeature(
                feature=IngressFeature.BODY_SIZE,
                reason="only our own services have tokens, and they send small batches",
            ),
        ],
    ),
)

app.synth()
