import { type ApiObject, Duration } from 'cdk8s';
import { invalid } from '../../../common/invalid';
import { requireNamespaceName, requireObjectName } from '../../../common/names';
import { durationInOneUnit, requireSeconds } from '../../../common/quantities';
import type { CredentialsBackend } from '../../credentials-backend';
import { requireReferenceText } from '../../reference-text';
import { apiKeyTemplate, dockerConfigTemplate, NGC_REGISTRY, readyDockerConfigTemplate } from '../../secret-templates';
import { type SecretSource, type SourceRules, sourcesOf } from '../../sources';
import { VaultKvVersion } from '../../vault-kv-version';
import type { NgcVaultSecretsOperatorProps } from './props';
import { requireVaultReference, type VaultSecretReference } from './vault-reference';
import { addVaultStaticSecret, type VaultStaticSecretSpec } from './vault-static-secret';

const RULES: SourceRules = {
  factory: 'fromVaultSecretsOperator',
  example: "{ path: 'nvidia/ngc', field: 'api-key' }",
  pullProps: 'dockerConfig or pullKey',
  keyLogsIn: true,
};

/** The Vault Secrets Operator: a VaultStaticSecret for each of the two Secrets. */
export function vaultSecretsOperatorBackend(props: NgcVaultSecretsOperatorProps): CredentialsBackend {
  return (scope, { apiKey, pullSecretName, labels }) => {
    const sources = sourcesOf(RULES, props);
    const kvVersion = props.kvVersion ?? VaultKvVersion.V2;
    const common = {
      labels,
      vaultAuth: props.vaultAuth === undefined ? undefined : requireVaultAuth(props.vaultAuth),
      mount: requireReferenceText('NgcCredentials mount', props.mount),
      kvVersion,
      // The operator takes one number with one unit.
      refreshAfter: durationInOneUnit(
        requireSeconds('NgcCredentials refreshAfter', props.refreshAfter ?? Duration.hours(1)),
      ),
    };
    const objects: ApiObject[] = [];
    if (apiKey !== undefined && sources.apiKey !== undefined) {
      objects.push(
        addVaultStaticSecret(scope, 'ApiKey', {
          ...common,
          name: apiKey.secretName,
          type: 'Opaque',
          key: apiKey.key,
          ...entry(sources.apiKey, kvVersion, apiKeyTemplate),
        }),
      );
    }
    if (pullSecretName !== undefined && sources.pull !== undefined) {
      const template = sources.pull.isReady ? readyDockerConfigTemplate : dockerConfigTemplate;
      objects.push(
        addVaultStaticSecret(scope, 'Pull', {
          ...common,
          name: pullSecretName,
          type: 'kubernetes.io/dockerconfigjson',
          key: '.dockerconfigjson',
          ...entry(sources.pull, kvVersion, template),
        }),
      );
    }
    return { objects, pullRegistry: sources.pull?.isReady === false ? NGC_REGISTRY : undefined };
  };
}

/** What is read, and what is made of it. */
function entry(
  { what, reference }: SecretSource<VaultSecretReference>,
  kvVersion: VaultKvVersion,
  template: (value: string) => string,
): Pick<VaultStaticSecretSpec, 'path' | 'version' | 'template'> {
  const { path, field, version } = requireVaultReference(what, reference, kvVersion);
  return { path, version, template: template(`(get .Secrets "${field}")`) };
}

/** A name, with or without the namespace that it is in. */
function requireVaultAuth(value: string): string {
  const what = 'NgcCredentials vaultAuth';
  const parts = value.split('/');
  if (parts.length > 2) {
    throw invalid({
      what,
      value,
      because: 'it is the name of a VaultAuth, or its namespace and its name with "/" between them',
      instead: 'write for example "nim" or "vault/nim"',
    });
  }
  const [name = '', namespace] = parts.reverse();
  requireObjectName(what, name);
  if (namespace !== undefined) {
    requireNamespaceName(what, namespace);
  }
  return value;
}
