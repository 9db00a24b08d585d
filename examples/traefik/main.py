from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import (
    ClientAddress,
    EmbeddingModel,
    IngressAuthentication,
    IngressController,
    IngressTls,
    NgcCredentials,
    RateLimit,
    RateLimitScope,
    SecureIngressOptions,
    TextEmbeddingNim,
    TraefikRedisOptions,
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
        # Three replicas of Traefik that count together, in Redis.
        controller=IngressController.traefik(
            redis=TraefikRedisOptions(endpoints=["redis.traefik.svc.cluster.local:6379"]),
        ),
        tls=IngressTls.from_cluster_issuer("letsencrypt"),
        rate_limit=RateLimit.per_client(
            requests_per_second=20,
            burst=60,
            concurrent_connections=10,
            scope=RateLimitScope.CLUSTER,
        ),
        # One load balancer stands in front of Traefik and writes X-Forwarded-For.
        client_address=ClientAddress.forwarded_for(1),
        source_ranges=["203.0.113.0/24", "2001:db8:10::/48"],
        authentication=IngressAuthentication.external(
            url="http://oauth2-proxy.auth.svc.cluster.local/oauth2/auth",
            response_headers=["X-Auth-Request-User"],
        ),
        response_headers={"X-Content-Type-Options": "nosniff"},
    ),
)

app.synth()
