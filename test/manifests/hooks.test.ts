import { describe, expect, it } from 'vitest';
import { isChartTest, isHook } from '../../lib/manifests/hooks';
import { podOf } from '../../lib/manifests/pods';

/** The pods of an object with annotations. */
function podsOf(
  kind: 'Deployment' | 'Job',
  annotations: Record<string, string>,
): NonNullable<ReturnType<typeof podOf>> {
  const pod = podOf({
    apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1',
    kind,
    metadata: { name: 'a', namespace: 'a', annotations },
    spec: { template: { spec: { containers: [{ name: 'a' }] } } },
  });
  if (pod === undefined) {
    throw new Error(`a ${kind} has pods`);
  }
  return pod;
}

describe('a hook', () => {
  it.each(['helm.sh/hook', 'argocd.argoproj.io/hook'])(
    'is what runs to an end, with the annotation %s',
    (annotation) => {
      expect(isHook(podsOf('Job', { [annotation]: 'PreSync' }))).toBe(true);
    },
  );

  it('is nothing that serves, and nothing without an annotation', () => {
    expect(isHook(podsOf('Deployment', { 'helm.sh/hook': 'pre-install' }))).toBe(false);
    expect(isHook(podsOf('Job', { 'example.com/hook': 'pre-install' }))).toBe(false);
    expect(isHook(podsOf('Job', { 'helm.sh/hook': '' }))).toBe(false);
  });
});

describe('the test of a chart', () => {
  it.each(['test', 'test-success', 'test,test-failure'])('is a hook for %s', (hooks) => {
    expect(isChartTest(podsOf('Job', { 'helm.sh/hook': hooks }))).toBe(true);
  });

  it('is no hook that runs at other times too, and none of Argo CD', () => {
    expect(isChartTest(podsOf('Job', { 'helm.sh/hook': 'test,post-install' }))).toBe(false);
    expect(isChartTest(podsOf('Job', { 'argocd.argoproj.io/hook': 'test' }))).toBe(false);
    expect(isChartTest(podsOf('Deployment', { 'helm.sh/hook': 'test' }))).toBe(false);
  });
});
