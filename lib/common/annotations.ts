/**
 * Argo CD applies this first, and nothing else until it is healthy. Only for objects without which others are refused:
 * pods wait for their Secrets by themselves.
 * @see https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 */
export const SYNC_WAVE_FIRST = { 'argocd.argoproj.io/sync-wave': '-1' };

/**
 * Argo CD never deletes what took long to fill, or what takes everything in it along: a person does, with `kubectl
 * delete`. `confirm` in place of `false` would stop every sync of the application until somebody answers.
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

/** The name of the annotation that says what somebody has to do before the object works. */
export function prerequisiteAnnotation(name: string): string {
  return ownAnnotation(`prerequisite-${name}`);
}
