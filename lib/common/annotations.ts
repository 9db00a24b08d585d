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

/** The name of an annotation of this package. */
export function ownAnnotation(name: string): string {
  return `cdk8s-nim/${name}`;
}

/** The name of the annotation that makes a deliberate exception visible in the rendered object. Its value is the reason. */
export function exceptionAnnotation(feature: string): string {
  return ownAnnotation(`exception-${feature}`);
}

/** The name of the annotation for what somebody has to do before the object works. Its value says what. */
export function prerequisiteAnnotation(name: string): string {
  return ownAnnotation(`prerequisite-${name}`);
}
