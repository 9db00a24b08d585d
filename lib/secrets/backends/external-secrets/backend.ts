import { type ApiObject, Duration } from 'cdk8s';
import type { CredentialsBackend } from '../../credentials-backend';
import { apiKeyTemplate, dockerConfigTemplate, NGC_REGISTRY, readyDockerConfigTemplate } from '../../secret-templates';
import { type SourceRules, sourcesOf } from '../../sources';
import { addExternalSecret } from './external-secret';
import { defaultsNullBytePolicy } from './operator-version';
import type { NgcExternalSecretsProps } from './props';
import { requireRemoteReference } from './remote-reference';

const RULES: SourceRules = {
  factory: 'fromExternalSecrets',
  example: "{ key: 'nvidia/ngc', property: 'api-key' }",
  pullProps: 'dockerConfig or pullKey',
  keyLogsIn: true,
};

/** The variables of the templates. No dashes, which Go would take for subtractions. */
const API_KEY = 'NGC_API_KEY';
const DOCKER_CONFIG = 'dockerconfigjson';

/** The External Secrets Operator: an ExternalSecret for each of the two Secrets. */
export function externalSecretsBackend(props: NgcExternalSecretsProps): CredentialsBackend {
  return (scope, { apiKey, pullSecretName, labels }) => {
    const sources = sourcesOf(RULES, props);
    const common = {
      from: 'NgcCredentials',
      labels,
      store: props.store,
      refreshInterval: props.refreshInterval ?? Duration.hours(1),
      nullBytePolicy: defaultsNullBytePolicy('NgcCredentials operatorVersion', props.operatorVersion),
    };
    const objects: ApiObject[] = [];
    if (apiKey !== undefined && sources.apiKey !== undefined) {
      const { what, reference } = sources.apiKey;
      objects.push(
        addExternalSecret(scope, 'ApiKey', {
          ...common,
          name: apiKey.secretName,
          type: 'Opaque',
          remote: { [API_KEY]: requireRemoteReference(what, reference) },
          template: { [apiKey.key]: apiKeyTemplate(`.${API_KEY}`) },
        }),
      );
    }
    if (pullSecretName !== undefined && sources.pull !== undefined) {
      const { what, reference, isReady } = sources.pull;
      const variable = isReady ? DOCKER_CONFIG : API_KEY;
      const template = isReady ? readyDockerConfigTemplate : dockerConfigTemplate;
      objects.push(
        addExternalSecret(scope, 'Pull', {
          ...common,
          name: pullSecretName,
          type: 'kubernetes.io/dockerconfigjson',
          remote: { [variable]: requireRemoteReference(what, reference) },
          template: { '.dockerconfigjson': template(`.${variable}`) },
        }),
      );
    }
    return { objects, pullRegistry: sources.pull?.isReady === false ? NGC_REGISTRY : undefined };
  };
}
