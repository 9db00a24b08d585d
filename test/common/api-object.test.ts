import { App, Chart, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { addObject, namespaceOf } from '../../lib/common/api-object';
import { at, render, testChart } from '../support/manifests';
import { expectRefusal } from '../support/refusals';

describe('addObject', () => {
  it('renders the object as given, in the namespace of the chart', () => {
    const chart = testChart();
    addObject(chart, 'account', k8s.KubeServiceAccount, { metadata: { name: 'nim' } });
    expect(render(chart)).toEqual([
      { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'nim', namespace: 'embeddings' } },
    ]);
  });

  it('keeps later patches, even to fields that the generated classes do not know', () => {
    const chart = testChart();
    const object = addObject(chart, 'account', k8s.KubeServiceAccount, { metadata: { name: 'nim' } });
    object.addJsonPatch(JsonPatch.add('/fieldOfTomorrow', { nested: true }));
    expect(at(render(chart)[0], 'fieldOfTomorrow')).toEqual({ nested: true });
  });
});

describe('namespaceOf', () => {
  it('is the namespace of the chart around a construct', () => {
    expect(namespaceOf(testChart({ namespace: 'rag' }))).toBe('rag');
  });

  it('refuses a chart without one', () => {
    expectRefusal(() => namespaceOf(new Chart(new App(), 'production')), {
      what: 'namespace of chart "production"',
      value: 'nothing',
      because: 'network policies, secrets and controller references need to know it',
      instead: 'write new Chart(app, "production", { namespace: \'embeddings\' })',
    });
  });

  it.each(['', 'Embeddings', 'a.b', 'a'.repeat(64)])('refuses %j, which is no namespace', (namespace) => {
    expectRefusal(() => namespaceOf(testChart({ namespace })), {
      what: 'namespace of chart "test"',
      value: JSON.stringify(namespace),
      because: 'a namespace name is 1 to 63',
      instead: 'kubectl get namespaces',
    });
  });
});
