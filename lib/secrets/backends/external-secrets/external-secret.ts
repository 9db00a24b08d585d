import type { ApiObject, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { ExternalSecret } from '../../../../imports/external-secrets.io-externalsecret';
import { addObject } from '../../../common/api-object';
import { defined } from '../../../common/defined';
import { goDuration } from '../../../common/quantities';
import type { RemoteReference } from './remote-reference';
import type { SecretStoreRef } from './secret-store-ref';

/** One Secret that the External Secrets Operator makes from remote values. */
export interface ExternalSecretSpec {
  /** Who makes it, in the words of errors. */
  readonly from: string;
  /** Name of the ExternalSecret and of the Secret. */
  readonly name: string;
  /** Type of the Secret. */
  readonly type: string;
  readonly labels: Record<string, string>;
  readonly store: SecretStoreRef;
  readonly refreshInterval: Duration;
  /** Whether the operator adds `nullBytePolicy` by itself. */
  readonly nullBytePolicy: boolean;
  /** Template variables and where their values come from. */
  readonly remote: Record<string, RemoteReference>;
  /** Keys of the Secret and their templates. */
  readonly template: Record<string, string>;
}

/**
 * Renders an ExternalSecret (`external-secrets.io/v1`, operator 0.16 and newer).
 *
 * Fields that one of these versions defaults on the server are written out, so that Argo CD sees no difference. A template
 * is always there: without one the operator copies the labels and annotations of Argo CD to the Secret.
 */
export function addExternalSecret(scope: Construct, id: string, spec: ExternalSecretSpec): ApiObject {
  return addObject(scope, id, ExternalSecret, {
    // No sync wave: pods wait for their Secrets, and a store that is away must not hold up everything else.
    metadata: { name: spec.name, labels: spec.labels },
    spec: {
      refreshInterval: goDuration(`${spec.from} refreshInterval`, spec.refreshInterval),
      secretStoreRef: { kind: spec.store.kind as 'SecretStore' | 'ClusterSecretStore', name: spec.store.name },
      target: {
        name: spec.name,
        creationPolicy: 'Owner',
        deletionPolicy: 'Retain',
        template: {
          engineVersion: 'v2',
          mergePolicy: 'Replace',
          type: spec.type,
          metadata: { labels: { 'app.kubernetes.io/managed-by': 'external-secrets' } },
          data: spec.template,
        },
      },
      data: Object.entries(spec.remote).map(([secretKey, reference]) => ({
        secretKey,
        remoteRef: defined({
          key: reference.key,
          property: reference.property,
          version: reference.version,
          conversionStrategy: 'Default' as const,
          decodingStrategy: 'None' as const,
          metadataPolicy: 'None' as const,
          nullBytePolicy: spec.nullBytePolicy ? ('Ignore' as const) : undefined,
        }),
      })),
    },
  });
}
