import { invalid } from '../../../common/invalid';
import type { NgcExternalSecretsProps } from './props';
import { type RemoteReference, requireRemoteReference } from './remote-reference';
import { API_KEY_VARIABLE, dockerConfigTemplate, readyDockerConfigTemplate } from './secret-templates';

/** Where the pull secret comes from. */
export interface PullSource {
  readonly remote: Record<string, RemoteReference>;
  readonly template: Record<string, string>;
}

/** The source of the API key; refuses none. */
export function apiKeySource(props: NgcExternalSecretsProps): RemoteReference {
  if (props.apiKey === undefined) {
    throw invalid({
      what: 'NgcCredentials apiKey',
      value: props.apiKey,
      because: 'the pods need a key to download the model',
      instead: "write apiKey: { key: 'nvidia/ngc', property: 'api-key' }, or airGapped: true when the cache is filled",
    });
  }
  return requireRemoteReference('NgcCredentials apiKey', props.apiKey);
}

/** The source of the pull secret, if there is one; refuses sources that would have no effect. */
export function pullSource(props: NgcExternalSecretsProps): PullSource | undefined {
  const { apiKey, pullKey, dockerConfig } = props;
  refuseUnused(props);
  if (dockerConfig !== undefined) {
    return {
      remote: { dockerconfigjson: requireRemoteReference('NgcCredentials dockerConfig', dockerConfig) },
      template: { '.dockerconfigjson': readyDockerConfigTemplate('dockerconfigjson') },
    };
  }
  const key = pullKey ?? apiKey;
  return key === undefined
    ? undefined
    : {
        remote: {
          [API_KEY_VARIABLE]: requireRemoteReference(
            `NgcCredentials ${pullKey === undefined ? 'apiKey' : 'pullKey'}`,
            key,
          ),
        },
        template: { '.dockerconfigjson': dockerConfigTemplate(API_KEY_VARIABLE) },
      };
}

/** A source that would have no effect is a mistake, not a wish. */
function refuseUnused(props: NgcExternalSecretsProps): void {
  const { pullKey, dockerConfig } = props;
  if (pullKey !== undefined && dockerConfig !== undefined) {
    throw invalid({
      what: 'NgcCredentials pullKey',
      value: pullKey,
      because: 'dockerConfig is given too, and the pull secret has one source',
      instead: 'keep one of pullKey and dockerConfig',
    });
  }
  if (props.withoutPullSecret === true && (pullKey !== undefined || dockerConfig !== undefined)) {
    throw invalid({
      what: 'NgcCredentials withoutPullSecret',
      value: true,
      because: 'a source for the pull secret is given',
      instead: 'leave out withoutPullSecret, or leave out pullKey and dockerConfig',
    });
  }
  if (props.airGapped === true && props.apiKey !== undefined) {
    throw invalid({
      what: 'NgcCredentials apiKey',
      value: props.apiKey,
      because: 'air-gapped pods get no API key',
      instead: 'leave out airGapped; or, to pull images with that key, write it as pullKey',
    });
  }
}

/** Refuses a pull secret without a source. */
export function requirePullSource(source: PullSource | undefined): PullSource {
  if (source === undefined) {
    throw invalid({
      what: 'NgcCredentials pullKey',
      value: source,
      because: 'the pull secret has no source',
      instead: 'write dockerConfig or pullKey, or withoutPullSecret: true for a registry without login',
    });
  }
  return source;
}
