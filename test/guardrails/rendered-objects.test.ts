import { describe, expect, it } from 'vitest';
import { RenderedObjects } from 'cdk8s-nim';
import { nimObjects } from '../support/rules';

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'api', namespace: 'a', labels: { x: 'y' }, annotations: { 'example.com/a': 'b' } },
  spec: { ports: [{ port: 80, name: 'http' }] },
};
const [read] = RenderedObjects.of([service]).all();

describe('the reader for rules', () => {
  it('says what an object is', () => {
    const { apiVersion, kind, groupKind, name, namespace, labels, annotations } = read!;
    expect({ apiVersion, kind, groupKind, name, namespace, labels, annotations }).toEqual({
      apiVersion: 'v1',
      kind: 'Service',
      groupKind: '/Service',
      name: 'api',
      namespace: 'a',
      labels: { x: 'y' },
      annotations: { 'example.com/a': 'b' },
    });
  });

  it('reads fields by paths as findings show them', () => {
    expect(read?.number('spec.ports[0].port')).toBe(80);
    expect(read?.text('metadata.annotations["example.com/a"]')).toBe('b');
    expect(read?.value('')).toEqual(service);
    expect(read?.count('spec.ports')).toBe(1);
  });

  it('gives copies, which a rule may sort or change', () => {
    const ports = read?.value('spec.ports') as { port: number }[];
    ports.forEach((entry) => (entry.port = 0));
    ports.pop();
    Object.assign(read!.labels, { x: 'changed' });
    Object.assign(read!.annotations, { 'example.com/a': 'changed' });
    expect(read?.number('spec.ports[0].port')).toBe(80);
    expect([read?.labels, read?.annotations]).toEqual([{ x: 'y' }, { 'example.com/a': 'b' }]);
  });

  it('answers with nothing where there is nothing, or something else', () => {
    expect(read?.text('spec.ports[0].port')).toBeUndefined();
    expect(read?.number('spec.ports[1].port')).toBeUndefined();
    expect(read?.value('status.x.y')).toBeUndefined();
    expect(read?.count('spec')).toBe(0);
  });

  it('knows containers of any workload, and NIMs', () => {
    const objects = RenderedObjects.of(nimObjects());
    const [deployment] = objects.ofKind('apps/Deployment');
    expect(deployment?.containers()).toEqual(['spec.template.spec.containers[0]']);
    expect(deployment?.hasNim()).toBe(true);
    expect(read?.containers()).toEqual([]);
    expect(read?.hasNim()).toBe(false);
  });

  it('finds objects by kind, by name and by the labels of pods', () => {
    const objects = RenderedObjects.of([{ apiVersion: 'v1', kind: 'List', items: nimObjects() }]);
    expect(objects.all()).toHaveLength(nimObjects().length);
    expect(objects.find('/Service', 'embeddings', 'text-embedding')?.kind).toBe('Service');
    expect(objects.find('/Service', 'embeddings', 'other')).toBeUndefined();
    const selected = (labels: Record<string, string>): string[] =>
      objects.workloadsWith('embeddings', labels).map(({ kind }) => kind);
    expect(selected({ 'app.kubernetes.io/instance': 'text-embedding' })).toEqual(['Deployment']);
    expect(selected({ app: 'other' })).toEqual([]);
  });
});
