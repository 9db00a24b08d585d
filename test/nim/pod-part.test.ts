import type { k8s } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { mergeParts, type PodPart } from '../../lib/nim/pod-part';
import { expectRefusal } from '../support/refusals';

const secret = { name: 'a' } as Required<PodPart>['pullSecrets'][number];
const value = { secret, key: 'k' };

describe('parts of a pod', () => {
  it('are put together in their order', () => {
    const merged = mergeParts([
      {
        from: 'one',
        labels: { a: '1' },
        env: { B: '1' },
        mounts: [{ name: 'b', mountPath: '/b' }],
        diskBytes: 1,
        pullSecrets: [secret],
      },
      { from: 'two', env: { A: '2' }, secretEnv: { C: value }, diskBytes: 2, memoryBytes: 4, pullSecrets: [secret] },
      { from: 'three', labels: { b: '2' }, mounts: [{ name: 'a', mountPath: '/a' }] },
    ]);
    expect(merged.labels).toEqual({ a: '1', b: '2' });
    expect(Object.keys(merged.env)).toEqual(['B', 'A']);
    expect(merged.secretEnv).toEqual({ C: value });
    expect(merged.mounts.map(({ mountPath }) => mountPath)).toEqual(['/b', '/a']);
    expect(merged.pullSecrets).toEqual([secret]);
    expect([merged.diskBytes, merged.memoryBytes]).toEqual([3, 4]);
  });

  it('may mount one volume in two places', () => {
    const mounts = [
      { name: 'bundle', mountPath: '/etc/ssl', subPath: 'ssl' },
      { name: 'bundle', mountPath: '/etc/pki', subPath: 'pki' },
    ];
    expect(mergeParts([{ from: 'the bundle', volumes: [{ name: 'bundle' }], mounts }]).mounts).toEqual(mounts);
  });

  it.each<[string, string, Omit<PodPart, 'from'>, Omit<PodPart, 'from'>]>([
    ['label', 'team', { labels: { team: 'a' } }, { labels: { team: 'a' } }],
    ['annotation', 'team', { annotations: { team: 'a' } }, { annotations: { team: 'b' } }],
    ['environment variable', 'A', { env: { A: '1' } }, { env: { A: '1' } }],
    ['environment variable', 'A', { env: { A: '1' } }, { secretEnv: { A: value } }],
    ['volume', 'v', { volumes: [{ name: 'v' }] }, { volumes: [{ name: 'v' }] }],
    ['mount path', '/v', { mounts: [{ name: 'a', mountPath: '/v' }] }, { mounts: [{ name: 'b', mountPath: '/v' }] }],
    ['container', 'c', { initContainers: [{ name: 'c' }] }, { initContainers: [{ name: 'c' }] }],
  ])('that clash are refused: %s', (what, key, one, two) => {
    expectRefusal(
      () =>
        mergeParts([
          { from: 'one', ...one },
          { from: 'two', ...two },
        ]),
      {
        what: `${what} of a pod`,
        value: JSON.stringify(key),
        because: 'one and two both give it',
        instead: 'keep one of the two',
      },
    );
  });

  it('of which one says a thing twice are refused', () => {
    const ports: k8s.ContainerPort[] = [{ containerPort: 8000 }, { containerPort: 8000, name: 'again' }];
    expectRefusal(() => mergeParts([{ from: 'one', ports }]), {
      what: 'port of a pod',
      value: '8000',
      because: 'one gives it twice',
      instead: 'keep one of the two',
    });
  });
});
