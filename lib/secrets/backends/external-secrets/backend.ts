import { type ApiObject, Duration } from 'cdk8s';
import { invalid } from '../../../common/invalid';
import type { CredentialsBackend } from '../../credentials-backend';
import { addExternalSecret } from './external-secret';
import { defaultsNullBytePolicy } from './operator-version';
import type { NgcExternalSecretsProps } from './props';
import { API_KEY_VARIABLE, apiKeyTemplate, NGC_REGISTRY } from './secret-templates';
import { apiKeySource, pullSource, requirePullSource } from './sources';

/** The External Secrets Operator: an ExternalSecret for each of the two Secrets. */
export function externalSecretsBackend(props: NgcExternalSecretsProps): CredentialsBackend {
  return (scope, { apiKey, pullSecretName, labels }) => {
    if (apiKey === undefined && pullSecretName === undefined) {
      throw invalid({
        what: 'NgcCredentials.fromExternalSecrets',
        value: { airGapped: true, withoutPullSecret: true },
        because: 'no Secret is left to make',
        instead: 'write NgcCredentials.fromSecretNames(chart, id, { airGapped: true, withoutPullSecret: true })',
      });
    }
    const pull = pullSource(props);
    const common = {
      labels,
      store: props.store,
      refreshInterval: props.refreshInterval ?? Duration.hours(1),
      nullBytePolicy: defaultsNullBytePolicy(props.operatorVersion),
    };
    const objects: ApiObject[] = [];
    if (apiKey !== undefined) {
      objects.push(
        addExternalSecret(scope, 'ApiKey', {
          ...common,
          name: apiKey.secretName,
          type: 'Opaque',
          remote: { [API_KEY_VARIABLE]: apiKeySource(props) },
          template: { [apiKey.key]: apiKeyTemplate(API_KEY_VARIABLE) },
        }),
      );
    }
    if (pullSecretName !== undefined) {
      objects.push(
        addExternalSecret(scope, 'Pull', {
          ...common,
          name: pullSecretName,
          type: 'kubernetes.io/dockerconfigjson',
          ...requirePullSource(pull),
        }),
      );
    }
    const fromKey = pullSecretName !== undefined && props.dockerConfig === undefined;
    return { objects, pullRegistry: fromKey ? NGC_REGISTRY : undefined };
  };
}
