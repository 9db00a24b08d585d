from pathlib import Path
from typing import Callable

from cdk8s import App, Chart, YamlOutputType
from cdk8s_nim import EmbeddingModel, NgcCredentials, Peer, TextEmbeddingNim, VaultSecretReference

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)


def embeddings(name: str, credentials_in: Callable[[Chart], NgcCredentials]) -> None:
    """The same NIM in a namespace of its own for each way to its Secrets; a cluster has one of them."""
    chart = Chart(app, name, namespace=f"embeddings-{name}")
    TextEmbeddingNim(
        chart,
        "text-embedding",
        model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
        credentials=credentials_in(chart),
        clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
    )


# HashiCorp's operator reads Vault, and makes both Secrets from one field of one entry.
embeddings(
    "vault",
    lambda chart: NgcCredentials.from_vault_secrets_operator(
        chart,
        "ngc",
        vault_auth="nim",
        mount="kv",
        api_key=VaultSecretReference(path="nvidia/ngc", field="api-key"),
    ),
)


def sealed_file(name: str) -> str:
    """A value that kubeseal has sealed for one cluster, for the name of one Secret in one namespace."""
    return (Path(__file__).parent / "sealed" / name).read_text().strip()


# No secret manager: the values are in Git, and only the controller in the cluster can decrypt them.
embeddings(
    "sealed",
    lambda chart: NgcCredentials.from_sealed_secrets(
        chart,
        "ngc",
        api_key=sealed_file("ngc-api-key"),
        docker_config=sealed_file("docker-config"),
    ),
)

# The pods mount the key, and so the driver makes the Secret with it. The pull secret comes from elsewhere.
embeddings(
    "csi",
    lambda chart: NgcCredentials.from_secrets_store_csi(
        chart,
        "ngc",
        provider="azure",
        parameters={
            "keyvaultName": "embeddings",
            "tenantId": "00000000-0000-0000-0000-000000000000",
            "clientID": "11111111-1111-1111-1111-111111111111",
            "objects": "array:\n  - |\n    objectName: ngc-api-key\n    objectType: secret\n",
        },
        object_name="ngc-api-key",
        pull_secret_name="ngc-secret",
    ),
)

app.synth()
