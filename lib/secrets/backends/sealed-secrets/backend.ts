import type { ApiObject } from 'cdk8s';
import { SealedSecret } from '../../../../imports/bitnami.com-sealedsecret';
import { addObject, namespaceOf } from '../../../common/api-object';
import { defined } from '../../../common/defined';
import type { CredentialsBackend } from '../../credentials-backend';
import { type SourceRules, sourcesOf } from '../../sources';
import type { NgcSealedSecretsProps } from './props';
import { requireSealed } from './sealed-value';
import { SealingScope } from './sealing-scope';

const RULES: SourceRules = {
  factory: 'fromSealedSecrets',
  example: 'what `kubeseal --raw` prints',
  pullProps: 'dockerConfig: a sealed `.dockerconfigjson`',
  keyLogsIn: false,
};

/** The controller of Sealed Secrets: a SealedSecret for each of the two Secrets. */
export function sealedSecretsBackend(props: NgcSealedSecretsProps): CredentialsBackend {
  for (const name of ['apiKey', 'dockerConfig'] as const) {
    // Before anything else: an error may show the value.
    if (props[name] !== undefined) {
      requireSealed(`NgcCredentials ${name}`, props[name]);
    }
  }
  const { sealingScope: sealed = SealingScope.STRICT } = props;
  const annotations = sealed === SealingScope.STRICT ? undefined : { [`sealedsecrets.bitnami.com/${sealed}`]: 'true' };
  return (scope, { apiKey, pullSecretName, labels }) => {
    const sources = sourcesOf(RULES, props);
    const namespace = namespaceOf(scope);
    const add = (id: string, name: string, type: string, encryptedData: Record<string, string>): ApiObject =>
      addObject(scope, id, SealedSecret, {
        metadata: defined({ name, labels, annotations }),
        spec: {
          encryptedData,
          template: {
            type,
            metadata: { name, namespace, labels: { 'app.kubernetes.io/managed-by': 'sealed-secrets' } },
          },
        },
      });
    const objects: ApiObject[] = [];
    if (apiKey !== undefined && sources.apiKey !== undefined) {
      objects.push(add('ApiKey', apiKey.secretName, 'Opaque', { [apiKey.key]: sources.apiKey.reference }));
    }
    if (pullSecretName !== undefined && sources.pull !== undefined) {
      const data = { '.dockerconfigjson': sources.pull.reference };
      objects.push(add('Pull', pullSecretName, 'kubernetes.io/dockerconfigjson', data));
    }
    return { objects, pullRegistry: undefined };
  };
}
