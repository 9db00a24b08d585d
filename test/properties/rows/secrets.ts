import { type Chart, Duration } from 'cdk8s';
import {
  NgcCredentials,
  type NgcExternalSecretsProps,
  type NgcSecretNamesProps,
  type RemoteReference,
  SecretStoreRef,
} from 'cdk8s-nim';
import { nimDeployment } from '../../support/nims';
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
};
