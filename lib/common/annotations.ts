/**
 * Argo CD applies this first, and nothing else until it is healthy: only for what other objects are refused without. Pods wait
 * for their Secrets by themselves.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const SYNC_WAVE_FIRST = { 'argocd.argoproj.io/sync-wave': '-1' };

/**
 * Argo CD leaves what took long to fill, or takes everything in it along, to a person with `kubectl delete`. `confirm` in place
 * of `false` would stop every sync of the application until somebody answers.
 */
export const KEEP_ON_DELETION = { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' };

/** An annotation that makes a deliberate exception, and its reason, visible in the rendered object. */
export function exceptionAnnotation(id: string, reason: string): [string, string] {
  return [`cdk8s-nim/exception-${id}`, reason];
}
