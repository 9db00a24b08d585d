/**
 * Argo CD applies custom resources after Deployments, so whatever a pod needs at its start goes into an earlier wave.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const SYNC_WAVE_BEFORE_WORKLOADS = { 'argocd.argoproj.io/sync-wave': '-1' };

/** Argo CD asks before it deletes what took long to fill, or takes everything in it along. */
export const ASK_BEFORE_DELETION = { 'argocd.argoproj.io/sync-options': 'Prune=confirm,Delete=confirm' };

/** An annotation that makes a deliberate exception, and its reason, visible in the rendered object. */
export function exceptionAnnotation(id: string, reason: string): [string, string] {
  return [`cdk8s-nim/exception-${id}`, reason];
}
