import { describe, expect, it } from 'vitest';
import { allContexts, forbidden, inUserNamespace, onWindows } from '../../../lib/guardrails/pod-security/check';
import { Manifests } from '../../../lib/manifests/manifests';
import type { Pod } from '../../../lib/manifests/pods';

function podWith(spec: object): Pod {
  const [pod] = new Manifests([{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec }]).pods();
  if (pod === undefined) throw new Error('there is no pod');
  return pod;
}

const POD = podWith({
  securityContext: { runAsUser: 0 },
  initContainers: [{ name: 'first', securityContext: { runAsUser: 1 } }],
  containers: [{ name: 'nim' }],
});

describe('the security contexts of a pod', () => {
  it('are its own and those of all its containers, also where they have none', () => {
    expect(allContexts(POD).map(({ path, fields }) => [path.join('.'), fields])).toEqual([
      ['spec.securityContext', { runAsUser: 0 }],
      ['spec.initContainers.0.securityContext', { runAsUser: 1 }],
      ['spec.containers.0.securityContext', undefined],
    ]);
  });

  it('have a violation for each forbidden value, which names the field and the value', () => {
    const violations = forbidden(allContexts(POD), ['runAsUser'], (value) => value === 0 || value === undefined);
    expect(violations.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['spec.securityContext.runAsUser', 'runAsUser is 0'],
      ['spec.containers.0.securityContext.runAsUser', 'runAsUser is not set'],
    ]);
  });
});

describe('a pod', () => {
  it.each([
    [{ hostUsers: false }, true],
    [{ hostUsers: true }, false],
    [{}, false],
  ])('with %j is in a user namespace: %s', (spec, expected) => {
    expect(inUserNamespace(podWith({ ...spec, containers: [] }))).toBe(expected);
  });

  it.each([
    [{ os: { name: 'windows' } }, true],
    [{ os: { name: 'linux' } }, false],
    [{}, false],
  ])('with %j is on Windows: %s', (spec, expected) => {
    expect(onWindows(podWith({ ...spec, containers: [] }))).toBe(expected);
  });
});
