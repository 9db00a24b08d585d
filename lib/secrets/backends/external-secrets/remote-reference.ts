import { type Kind, text } from '../../../common/kinds';
import { optional, type PropTable, required, struct } from '../../../common/props';
import { requireReferenceText } from '../../reference-text';

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
    if (text !== undefined) {
      requireReferenceText(`${what} ${part}`, text);
    }
  }
  return reference;
}
