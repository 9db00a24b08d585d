import { invalid } from '../../../common/invalid';
import { literalSecretIn } from '../../../common/literal-secrets';
import { requireText } from '../../../common/names';
import { type Kind, text } from '../../../common/kinds';
import { optional, type PropTable, required, struct } from '../../../common/props';

/** Where a value lies in the store behind a SecretStore: a reference, never the value. */
export interface RemoteReference {
  /** The name of the entry in the provider: a Vault path below the mount, a secret's name or ARN, … */
  readonly key: string;
  /**
   * The field of the entry.
   * @default - the whole entry
   */
  readonly property?: string;
  /**
   * The version of the entry.
   * @default - the provider's newest
   */
  readonly version?: string;
}

export const REMOTE_REFERENCE: PropTable<RemoteReference> = {
  key: required(text),
  property: optional(text),
  version: optional(text),
};

export const remoteReference: Kind<RemoteReference> = struct<RemoteReference>(REMOTE_REFERENCE);

/** Refuses an empty reference, and a value where a reference belongs. */
export function requireRemoteReference(what: string, reference: RemoteReference): RemoteReference {
  const { key, property, version } = reference;
  for (const [part, text] of Object.entries({ key, property, version })) {
    if (text === undefined) {
      continue;
    }
    requireText(`${what} ${part}`, text, 'write the name that the secret manager shows');
    const secret = literalSecretIn(text);
    if (secret !== undefined) {
      throw invalid({
        what: `${what} ${part}`,
        value: '(hidden)',
        because: `it holds ${secret}, not a reference to one`,
        instead: 'store the value in your secret manager and write its path here',
      });
    }
  }
  return reference;
}
