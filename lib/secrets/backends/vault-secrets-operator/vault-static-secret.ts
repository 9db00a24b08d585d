import type { ApiObject, ApiObjectMetadata } from 'cdk8s';
import type { Construct } from 'constructs';
import { addObject } from '../../../common/api-object';
import { defined } from '../../../common/defined';

/** HashiCorp's licence forbids a copy of its definition: the fields that are rendered are below, from its API reference. */
const VaultStaticSecret = {
  manifest: (fields: { readonly metadata: ApiObjectMetadata; readonly spec: object }): object => ({
    apiVersion: 'secrets.hashicorp.com/v1beta1',
    kind: 'VaultStaticSecret',
    ...fields,
  }),
};

/** One Secret that the Vault Secrets Operator makes of one entry. */
export interface VaultStaticSecretSpec {
  /** Name of the VaultStaticSecret and of the Secret. */
  readonly name: string;
  /** Type of the Secret. */
  readonly type: string;
  readonly labels: Record<string, string>;
  readonly vaultAuth: string | undefined;
  readonly mount: string;
  readonly kvVersion: string;
  readonly path: string;
  readonly version: number | undefined;
  readonly refreshAfter: string;
  /** The key of the Secret, and its template. */
  readonly key: string;
  readonly template: string;
}

/**
 * Renders a VaultStaticSecret. Fields that the API server defaults are written out, so that Argo CD sees no difference. Without the
 * two exclusions the operator puts the whole entry into the Secret, beside what the template makes.
 */
export function addVaultStaticSecret(scope: Construct, id: string, spec: VaultStaticSecretSpec): ApiObject {
  return addObject(scope, id, VaultStaticSecret, {
    metadata: { name: spec.name, labels: spec.labels },
    spec: defined({
      vaultAuthRef: spec.vaultAuth,
      mount: spec.mount,
      type: spec.kvVersion,
      path: spec.path,
      version: spec.version,
      refreshAfter: spec.refreshAfter,
      hmacSecretData: true,
      destination: {
        name: spec.name,
        create: true,
        overwrite: false,
        type: spec.type,
        transformation: {
          excludeRaw: true,
          excludes: ['.*'],
          templates: { [spec.key]: { text: spec.template } },
        },
      },
    }),
  });
}
