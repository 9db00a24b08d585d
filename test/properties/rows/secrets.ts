import { type Chart, Duration } from 'cdk8s';
import {
  NgcCredentials,
  type NgcExternalSecretsProps,
  type NgcSealedSecretsProps,
  type NgcSecretNamesProps,
  type NgcSecretsStoreCsiProps,
  type NgcVaultSecretsOperatorProps,
  type RemoteReference,
  SealingScope,
  SecretStoreRef,
  VaultKvVersion,
  type VaultSecretReference,
} from 'cdk8s-nim';
import { nimDeployment } from '../../support/nims';
import { sealed } from '../../support/sealed';
import { POD, NIM, type PropRow, type PropRows } from './row';

/** A NIM with credentials by name. */
function names(props: NgcSecretNamesProps, changes: string[]): PropRow {
  const make = (given: NgcSecretNamesProps) => (chart: Chart) => {
    nimDeployment({ credentials: NgcCredentials.fromSecretNames(chart, 'credentials', given) }, chart);
  };
  return { without: make({}), with: make(props), changes };
}

/** A NIM with credentials from external secrets. */
function external(props: Partial<NgcExternalSecretsProps>, changes: string[]): PropRow {
  const base: NgcExternalSecretsProps = { store: SecretStoreRef.cluster('vault'), apiKey: { key: 'nvidia/ngc' } };
  const make = (given: NgcExternalSecretsProps) => (chart: Chart) => {
    nimDeployment({ credentials: NgcCredentials.fromExternalSecrets(chart, 'credentials', given) }, chart);
  };
  return { without: make(base), with: make({ ...base, ...props }), changes };
}

function reference(part: Partial<RemoteReference>, changes: string[]): PropRow {
  return external({ apiKey: { key: 'nvidia/ngc', ...part } }, changes);
}

/** A NIM with credentials from the Vault Secrets Operator. */
function vault(props: Partial<NgcVaultSecretsOperatorProps>, changes: string[]): PropRow {
  const base: NgcVaultSecretsOperatorProps = { mount: 'kv', apiKey: { path: 'nvidia/ngc', field: 'api-key' } };
  const make = (given: NgcVaultSecretsOperatorProps) => (chart: Chart) => {
    nimDeployment({ credentials: NgcCredentials.fromVaultSecretsOperator(chart, 'credentials', given) }, chart);
  };
  return { without: make(base), with: make({ ...base, ...props }), changes };
}

function vaultReference(part: Partial<VaultSecretReference>, changes: string[]): PropRow {
  return vault({ apiKey: { path: 'nvidia/ngc', field: 'api-key', ...part } }, changes);
}

/** A NIM with credentials from sealed values. */
function sealedValues(props: Partial<NgcSealedSecretsProps>, changes: string[]): PropRow {
  const base: NgcSealedSecretsProps = { apiKey: sealed(70), dockerConfig: sealed(250) };
  const make = (given: NgcSealedSecretsProps) => (chart: Chart) => {
    nimDeployment({ credentials: NgcCredentials.fromSealedSecrets(chart, 'credentials', given) }, chart);
  };
  return { without: make(base), with: make({ ...base, ...props }), changes };
}

/** A NIM with credentials from the Secrets Store CSI driver. */
function csi(props: Partial<NgcSecretsStoreCsiProps>, changes: string[]): PropRow {
  const base: NgcSecretsStoreCsiProps = {
    provider: 'vault',
    parameters: { objects: 'ngc-key or key' },
    objectName: 'ngc-key',
    withoutPullSecret: true,
  };
  const make = (given: NgcSecretsStoreCsiProps) => (chart: Chart) => {
    nimDeployment({ credentials: NgcCredentials.fromSecretsStoreCsi(chart, 'credentials', given) }, chart);
  };
  return { without: make(base), with: make({ ...base, ...props }), changes };
}

/** The same places in both VaultStaticSecrets. */
function inBothOfVault(...places: string[]): string[] {
  return ['ngc-api-secret', 'ngc-secret'].flatMap((name) =>
    places.map((place) => `VaultStaticSecret ${name} spec.${place}`),
  );
}

const VAULT_API_KEY = 'VaultStaticSecret ngc-api-secret spec.destination.transformation.templates.NGC_API_KEY.text';
const VAULT_PULL = 'VaultStaticSecret ngc-secret spec.destination.transformation.templates..dockerconfigjson.text';

/** The same places in both ExternalSecrets. */
function inBoth(...places: string[]): string[] {
  return ['ngc-api-secret', 'ngc-secret'].flatMap((name) => places.map((place) => `ExternalSecret ${name} ${place}`));
}

export const SECRETS_ROWS: Record<string, PropRows> = {
  NgcSecretNamesProps: {
    pullSecretName: names({ pullSecretName: 'registry' }, [
      `${POD}.imagePullSecrets[ngc-secret]`,
      `${POD}.imagePullSecrets[registry]`,
    ]),
    apiKeySecretName: names({ apiKeySecretName: 'ngc-api' }, [`${NIM}.env[NGC_API_KEY].valueFrom.secretKeyRef.name`]),
    apiKeySecretKey: names({ apiKeySecretKey: 'NGC_CLI_API_KEY' }, [
      `${NIM}.env[NGC_API_KEY].valueFrom.secretKeyRef.key`,
    ]),
    airGapped: names({ airGapped: true }, [
      `${NIM}.env[NGC_API_KEY]`,
      `${NIM}.env[NIM_IGNORE_MODEL_DOWNLOAD_FAIL]`,
      'PersistentVolumeClaim metadata.annotations.cdk8s-nim/prerequisite-model',
    ]),
    withoutPullSecret: names({ withoutPullSecret: true }, [`${POD}.imagePullSecrets`]),
  },
  NgcExternalSecretsProps: {
    store: external(
      { store: SecretStoreRef.namespaced('team') },
      inBoth('spec.secretStoreRef.kind', 'spec.secretStoreRef.name'),
    ),
    apiKey: external({ apiKey: { key: 'other' } }, inBoth('spec.data[0].remoteRef.key')),
    pullKey: external({ pullKey: { key: 'other' } }, ['ExternalSecret ngc-secret spec.data[0].remoteRef.key']),
    operatorVersion: external({ operatorVersion: '2.5' }, inBoth('spec.data[0].remoteRef.nullBytePolicy')),
    dockerConfig: external({ dockerConfig: { key: 'mirror' } }, [
      'ExternalSecret ngc-secret spec.data[0].remoteRef.key',
      'ExternalSecret ngc-secret spec.data[0].secretKey',
      'ExternalSecret ngc-secret spec.target.template.data..dockerconfigjson',
    ]),
    refreshInterval: external({ refreshInterval: Duration.minutes(5) }, inBoth('spec.refreshInterval')),
  },
  RemoteReference: {
    key: reference({ key: 'other' }, inBoth('spec.data[0].remoteRef.key')),
    property: reference({ property: 'api-key' }, inBoth('spec.data[0].remoteRef.property')),
    version: reference({ version: '2' }, inBoth('spec.data[0].remoteRef.version')),
  },
  NgcVaultSecretsOperatorProps: {
    mount: vault({ mount: 'team' }, inBothOfVault('mount')),
    kvVersion: vault({ kvVersion: VaultKvVersion.V1 }, inBothOfVault('type')),
    vaultAuth: vault({ vaultAuth: 'nim' }, inBothOfVault('vaultAuthRef')),
    apiKey: vault({ apiKey: { path: 'other', field: 'api-key' } }, inBothOfVault('path')),
    pullKey: vault({ pullKey: { path: 'other', field: 'api-key' } }, ['VaultStaticSecret ngc-secret spec.path']),
    dockerConfig: vault({ dockerConfig: { path: 'nvidia/ngc', field: 'api-key' } }, [VAULT_PULL]),
    refreshAfter: vault({ refreshAfter: Duration.minutes(5) }, inBothOfVault('refreshAfter')),
  },
  VaultSecretReference: {
    path: vaultReference({ path: 'other' }, inBothOfVault('path')),
    field: vaultReference({ field: 'key' }, [VAULT_API_KEY, VAULT_PULL]),
    version: vaultReference({ version: 2 }, inBothOfVault('version')),
  },
  NgcSealedSecretsProps: {
    apiKey: sealedValues({ apiKey: sealed(80) }, ['SealedSecret ngc-api-secret spec.encryptedData.NGC_API_KEY']),
    dockerConfig: sealedValues({ dockerConfig: sealed(80) }, [
      'SealedSecret ngc-secret spec.encryptedData..dockerconfigjson',
    ]),
    sealingScope: sealedValues(
      { sealingScope: SealingScope.CLUSTER_WIDE },
      ['ngc-api-secret', 'ngc-secret'].map((name) => `SealedSecret ${name} metadata.annotations`),
    ),
  },
  NgcSecretsStoreCsiProps: {
    provider: csi({ provider: 'azure' }, ['SecretProviderClass spec.provider']),
    parameters: csi({ parameters: { objects: 'ngc-key' } }, ['SecretProviderClass spec.parameters.objects']),
    objectName: csi({ objectName: 'key' }, ['SecretProviderClass spec.secretObjects[0].data[0].objectName']),
  },
};
