import type { IConfigMap } from 'cdk8s-plus-28';
import { configMap } from '../common/cdk8s-kinds';
import { text } from '../common/kinds';
import { requireConfigMapKey, requireObjectName } from '../common/names';
import { required, requireProps } from '../common/props';

/**
 * The certificates of the authorities that a download trusts, in place of those in the image.
 *
 * @example
 * new nim.TextEmbeddingNim(chart, 'text-embedding', {
 *   model,
 *   credentials,
 *   caBundle: nim.CaBundle.fromConfigMap(kplus.ConfigMap.fromConfigMapName(chart, 'ca', 'company-ca'), 'ca-bundle.pem'),
 * });
 */
export class CaBundle {
  /**
   * Refers to a key of a ConfigMap in the namespace of the NIM: certificates in PEM, one after the other. Those of the public authorities
   * belong there too, unless every connection of the download goes through the proxy that inspects it. trust-manager writes such a ConfigMap
   * (`useDefaultCAs: true` adds the public ones).
   *
   * @param source the ConfigMap.
   * @param key the key of the ConfigMap, for example `ca-bundle.pem`.
   */
  public static fromConfigMap(source: IConfigMap, key: string): CaBundle {
    const what = 'CaBundle.fromConfigMap';
    requireProps(what, { source, key }, { source: required(configMap), key: required(text) });
    return new CaBundle(requireObjectName(`${what} source`, source.name), requireConfigMapKey(`${what} key`, key));
  }

  private constructor(
    /** Name of the ConfigMap. */
    public readonly configMapName: string,
    /** The key of the ConfigMap. */
    public readonly key: string,
  ) {}
}
