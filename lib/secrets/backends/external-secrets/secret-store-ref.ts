import { requireKind, text } from '../../../common/kinds';
import { requireObjectName } from '../../../common/names';

/**
 * A store of the External Secrets Operator, by reference. `SecretStore` makes one for a namespace.
 *
 * @example
 * nim.NgcCredentials.fromExternalSecrets(chart, 'ngc', {
 *   store: nim.SecretStoreRef.namespaced('team-vault'),
 *   apiKey: { key: 'nvidia/ngc', property: 'api-key' },
 * });
 */
export class SecretStoreRef {
  /** A ClusterSecretStore, which every allowed namespace can use. */
  public static cluster(name: string): SecretStoreRef {
    return new SecretStoreRef('ClusterSecretStore', name);
  }

  /** A SecretStore in the namespace of the chart. */
  public static namespaced(name: string): SecretStoreRef {
    return new SecretStoreRef('SecretStore', name);
  }

  private constructor(
    /** The kind of the store. */
    public readonly kind: string,
    /** The name of the store. */
    public readonly name: string,
  ) {
    requireKind(`${kind} name`, name, text);
    requireObjectName(`${kind} name`, name);
  }
}
