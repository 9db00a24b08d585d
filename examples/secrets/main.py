from pathlib import Path
from typing import Callable

from cdk8s import App, Chart, YamlOutputType
from cdk8s_plus_28 import ServiceAccount
from cdk8s_nim import (
    ConnectionString,
    EmbeddingModel,
    NgcCredentials,
    Peer,
    RemoteReference,
    SecretStore,
    TextEmbeddingNim,
    VaultSecretReference,
)

app = App(yaml_output_type=YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)


def embeddings(name: str, secrets_in: Callable[[Chart], dict]) -> None:
    """The same NIM in a namespace of its own for each way to its Secrets; a cluster has one of them."""
    chart = Chart(app, name, namespace=f"embeddings-{name}")
    TextEmbeddingNim(
        chart,
        "text-embedding",
        model=EmbeddingModel.LLAMA_NEMOTRON_EMBED_1_B_V2,
        clients=[Peer.pods(labels={"app.kubernetes.io/name": "retriever"}, namespace="rag")],
        **secrets_in(chart),
    )


def external_secrets(chart: Chart) -> dict:
    """External Secrets, with a store of the team's own: the operator logs in to Vault as a ServiceAccount, so no credential is stored."""
    store = SecretStore.vault(
        chart,
        "vault",
        server="https://vault.example.com:8200",
        mount="kv",
        role="embeddings",
        service_account=ServiceAccount.from_service_account_name(chart, "reader", "secret-reader"),
    ).ref
    # A URL whose user and password stay in Vault, for programs that take it in one variable.
    database = ConnectionString.from_external_secrets(
        chart,
        "vector-database",
        store=store,
        scheme="postgresql",
        host="database.data.svc",
        port=5432,
        path="vectors",
        parameters={"sslmode": "verify-full"},
        user=RemoteReference(key="data/vectors", property="user"),
        password=RemoteReference(key="data/vectors", property="password"),
    )
    credentials = NgcCredentials.from_external_secrets(
        chart, "ngc", store=store, api_key=RemoteReference(key="nvidia/ngc", property="api-key")
    )
    return {"credentials": credentials, "secret_env": {"VECTOR_DATABASE_URL": database.value}}


embeddings("eso", external_secrets)

# HashiCorp's operator reads Vault, and makes both Secrets from one field of one entry.
embeddings(
    "vault",
    lambda chart: dict(credentials=NgcCredentials.from_vault_secrets_operator(
        chart,
        "ngc",
        vault_auth="nim",
        mount="kv",
        api_key=VaultSecretReference(path="nvidia/ngc", field="api-key"),
    )),
)


def sealed_file(name: str) -> str:
    """A value that kubeseal has sealed for one cluster, for the name of one Secret in one namespace."""
    return (Path(__file__).parent / "sealed" / name).read_text().strip()


# No secret manager: the values are in Git, and only the controller in the cluster can decrypt them.
embeddings(
    "sealed",
    lambda chart: dict(credentials=NgcCredentials.from_sealed_secrets(
        chart,
        "ngc",
        api_key=sealed_file("ngc-api-key"),
        docker_config=sealed_file("docker-config"),
    )),
)

# The pods mount the key, and so the driver makes the Secret with it. The pull secret comes from elsewhere.
embeddings(
    "csi",
    lambda chart: dict(credentials=NgcCredentials.from_secrets_store_csi(
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
    )),
)

app.synth()
