import { invalid } from '../../../common/invalid';
import { type Kind, text, wholeNumber } from '../../../common/kinds';
import { optional, type PropTable, required, struct } from '../../../common/props';
import { requireReferenceText } from '../../reference-text';
import { VaultKvVersion } from '../../vault-kv-version';

/** Where a value lies in Vault: a reference, never the value. */
export interface VaultSecretReference {
  /** The path of the entry below the mount, without `data/`. */
  readonly path: string;
  /** The field of the entry. */
  readonly field: string;
  /**
   * The version of the entry. Refused with KV version 1, which has none.
   * @default - the newest
   */
  readonly version?: number;
}

const VAULT_SECRET_REFERENCE: PropTable<VaultSecretReference> = {
  path: required(text),
  field: required(text),
  version: optional(wholeNumber()),
};

export const vaultSecretReference: Kind<VaultSecretReference> = struct<VaultSecretReference>(VAULT_SECRET_REFERENCE);

/** Refuses a reference that is empty, that is a value, or that a template or the engine cannot read. */
export function requireVaultReference(
  what: string,
  reference: VaultSecretReference,
  kvVersion: VaultKvVersion,
): VaultSecretReference {
  const { path, field, version } = reference;
  requireReferenceText(`${what} path`, path);
  requireReferenceText(`${what} field`, field);
  if (/^\/|\/$|^data\//.test(path)) {
    throw invalid({
      what: `${what} path`,
      value: path,
      because: 'a path begins below the mount, without "/" at its ends, and the operator adds "data/" itself',
      instead: 'write it as `vault kv get -mount=… <path>` takes it, for example "nvidia/ngc"',
    });
  }
  if (!/^[^"\\`{}\p{Cc}]+$/u.test(field)) {
    throw invalid({
      what: `${what} field`,
      value: field,
      because: 'it stands in quotes in a template, so it holds no quotes, braces, backslashes or control characters',
      instead: 'rename the field in Vault, for example "api-key"',
    });
  }
  if (version !== undefined && kvVersion === VaultKvVersion.V1) {
    throw invalid({
      what: `${what} version`,
      value: version,
      because: 'version 1 of the KV engine keeps no versions',
      instead: 'leave it out, or leave out kvVersion',
    });
  }
  return reference;
}
