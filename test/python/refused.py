"""Wrong programs, and what each of them is told, as JSON. `refused.ts` is the same in TypeScript: CI compares what both print."""

import json

from cdk8s import App, Chart, JsonPatch
from cdk8s_plus_28 import ConfigMap
from cdk8s_nim import (
    Acknowledgement,
    ContainerImage,
    EmbeddingModel,
    Gpu,
    Guardrails,
    IngressAuthentication,
    IngressController,
    IngressPath,
    IngressTls,
    NgcCredentials,
    Peer,
    RateLimit,
    SecureIngressOptions,
    TextEmbeddingNim,
)


def nim(chart, **props):
    return TextEmbeddingNim(
        chart,
        "text-embedding",
        model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
        credentials=NgcCredentials.from_secret_names(chart, "ngc"),
        **props,
    )


def door(**options):
    usual = {
        "host": "embeddings.example.com",
        "controller": IngressController.traefik(),
        "tls": IngressTls.from_cluster_issuer("letsencrypt"),
        "rate_limit": RateLimit.per_client(requests_per_second=20, burst=60),
        "authentication": IngressAuthentication.oauth2_proxy(namespace="auth"),
    }
    return SecureIngressOptions(**{**usual, **options})


def weakened(chart, app):
    nim(chart).deployment.deployment.add_json_patch(JsonPatch.add("/spec/template/spec/hostNetwork", True))
    Guardrails.of(app, acknowledgements=[Acknowledgement(rule="nim-has-callers", reason="nobody accepts the rest")])
    app.synth()


PROGRAMS = {
    "no burst": lambda chart, app: RateLimit.per_client(requests_per_second=20, burst=0),
    "an address without a prefix": lambda chart, app: Peer.cidr("10.0.0.0"),
    "labels that select every pod": lambda chart, app: Peer.pods(labels={"app": ""}),
    "a reason that is empty": lambda chart, app: IngressAuthentication.none(" "),
    "a path with a wildcard": lambda chart, app: IngressPath.exact("/v1/*"),
    "half a GPU": lambda chart, app: Gpu.whole(0.5),
    "a tag that moves": lambda chart, app: ContainerImage.from_reference(
        "nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:latest"
    ),
    "a ConfigMap for a Secret": lambda chart, app: IngressTls.from_secret(
        ConfigMap.from_config_map_name(chart, "map", "map")
    ),
    "no replica": lambda chart, app: nim(chart, replicas=0),
    "two faults": lambda chart, app: nim(chart, replicas=-1, max_queue_size=1.5),
    "a credential in the environment": lambda chart, app: nim(chart, env={"NGC_API_KEY": "made-up"}),
    "a host with a scheme": lambda chart, app: nim(chart, ingress=door(host="https://embeddings.example.com")),
    "a range without a prefix": lambda chart, app: nim(chart, ingress=door(source_ranges=["203.0.113.7"])),
    "features that the controller lacks": lambda chart, app: nim(
        chart, ingress=door(controller=IngressController.ha_proxy())
    ),
    "a finding of the guardrails": weakened,
}


def refusal_of(program):
    """The error of a program, in an app of its own."""
    app = App()
    try:
        program(Chart(app, "chart", namespace="embeddings"), app)
    except RuntimeError as error:
        # jsii puts the name of the class in front of what a static method threw, and not of what a constructor did.
        return str(error).removeprefix("Error: ")
    return None


print(json.dumps({name: refusal_of(program) for name, program in PROGRAMS.items()}))
