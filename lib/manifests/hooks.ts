import { listed } from './named-objects';
import type { Pod } from './pods';

/** The annotations by which Helm and Argo CD run an object apart from the others, at a time of its own. */
const HELM_HOOK = 'helm.sh/hook';
const HOOKS = [HELM_HOOK, 'argocd.argoproj.io/hook'];

/** Whether pods run to an end as a hook: they serve nobody, and not for long. */
export function isHook({ owner, serving }: Pod): boolean {
  return !serving && HOOKS.some((annotation) => listed(owner, annotation).length > 0);
}

/** Whether pods are the test of a chart: they run when a person asks for it (`helm test`), and Argo CD leaves them out. */
export function isChartTest(pod: Pod): boolean {
  const hooks = listed(pod.owner, HELM_HOOK);
  return (
    isHook(pod) && hooks.length > 0 && hooks.every((hook) => ['test', 'test-success', 'test-failure'].includes(hook))
  );
}
