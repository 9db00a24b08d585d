import { invalid } from '../common/invalid';
import type { NgcSecretNamesProps } from './ngc-credentials-props';

/** Where the values of the two Secrets lie, in the words of a backend. */
interface GivenSources<Reference> extends Pick<NgcSecretNamesProps, 'airGapped' | 'withoutPullSecret'> {
  readonly apiKey?: Reference;
  readonly pullKey?: Reference;
  readonly dockerConfig?: Reference;
}

/** What a Secret is made of. */
export interface SecretSource<Reference> {
  /** The prop that says it, in the words of errors. */
  readonly what: string;
  readonly reference: Reference;
  /** Whether it is a ready-made `.dockerconfigjson`, and no key of NGC. */
  readonly isReady: boolean;
}

/** What the two Secrets are made of; `undefined` for one that is not made. */
export interface SecretSources<Reference> {
  readonly apiKey: SecretSource<Reference> | undefined;
  readonly pull: SecretSource<Reference> | undefined;
}

/** What differs by backend. */
export interface SourceRules {
  /** The factory of `NgcCredentials`, for errors. */
  readonly factory: string;
  /** How an API key is given. */
  readonly example: string;
  /** What to write for the pull secret. */
  readonly pullProps: string;
  /** Whether the operator can make the pull secret of an API key. */
  readonly keyLogsIn: boolean;
}

/** What the two Secrets are made of; refuses a Secret without a source, and sources that would have no effect. */
export function sourcesOf<Reference>(
  { factory, example, pullProps, keyLogsIn }: SourceRules,
  given: GivenSources<Reference>,
): SecretSources<Reference> {
  const { airGapped, withoutPullSecret, apiKey, pullKey, dockerConfig } = given;
  if (airGapped === true && withoutPullSecret === true) {
    throw invalid({
      what: `NgcCredentials.${factory}`,
      value: { airGapped, withoutPullSecret },
      because: 'no Secret is left to make',
      instead: 'write NgcCredentials.fromSecretNames(chart, id, { airGapped: true, withoutPullSecret: true })',
    });
  }
  refuseUnused(given, keyLogsIn);
  if (airGapped !== true && apiKey === undefined) {
    throw invalid({
      what: 'NgcCredentials apiKey',
      value: apiKey,
      because: 'the pods need a key to download the model',
      instead: `write apiKey: ${example}, or airGapped: true when the cache is filled`,
    });
  }
  const ofKey = keyLogsIn ? (source('pullKey', pullKey) ?? source('apiKey', apiKey)) : undefined;
  const pull = source('dockerConfig', dockerConfig, true) ?? ofKey;
  if (withoutPullSecret !== true && pull === undefined) {
    throw invalid({
      what: `NgcCredentials ${keyLogsIn ? 'pullKey' : 'dockerConfig'}`,
      value: undefined,
      because: 'the pull secret has no source',
      instead: `write ${pullProps}, or withoutPullSecret: true for a registry without login`,
    });
  }
  return { apiKey: source('apiKey', apiKey), pull: withoutPullSecret === true ? undefined : pull };
}

function source<Reference>(
  prop: string,
  reference: Reference | undefined,
  isReady = false,
): SecretSource<Reference> | undefined {
  return reference === undefined ? undefined : { what: `NgcCredentials ${prop}`, reference, isReady };
}

/** A source that would have no effect is a mistake, not a wish. */
function refuseUnused<Reference>(given: GivenSources<Reference>, keyLogsIn: boolean): void {
  const { apiKey, pullKey, dockerConfig, airGapped, withoutPullSecret } = given;
  if (pullKey !== undefined && dockerConfig !== undefined) {
    throw invalid({
      what: 'NgcCredentials pullKey',
      value: pullKey,
      because: 'dockerConfig is given too, and the pull secret has one source',
      instead: 'keep one of pullKey and dockerConfig',
    });
  }
  if (withoutPullSecret === true && (pullKey !== undefined || dockerConfig !== undefined)) {
    throw invalid({
      what: 'NgcCredentials withoutPullSecret',
      value: true,
      because: 'a source for the pull secret is given',
      instead: `leave out withoutPullSecret, or leave out ${keyLogsIn ? 'pullKey and dockerConfig' : 'dockerConfig'}`,
    });
  }
  if (airGapped === true && apiKey !== undefined) {
    throw invalid({
      what: 'NgcCredentials apiKey',
      value: apiKey,
      because: 'air-gapped pods get no API key',
      instead: keyLogsIn
        ? 'leave out airGapped; or, to pull images with that key, write it as pullKey'
        : 'leave out apiKey, or leave out airGapped',
    });
  }
}
