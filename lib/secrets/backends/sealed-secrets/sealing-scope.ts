/**
 * What a sealed value is bound to: `kubeseal --scope`.
 *
 * @example
 * const sealedForTheNamespace = nim.SealingScope.NAMESPACE_WIDE;
 */
export enum SealingScope {
  /** To the name and the namespace of the Secret; what kubeseal does by default. */
  STRICT = 'strict',
  /** To the namespace. */
  NAMESPACE_WIDE = 'namespace-wide',
  /** To the cluster alone. */
  CLUSTER_WIDE = 'cluster-wide',
}
