import { describe, expect, it } from 'vitest';
import { declaredPorts, envOf, type Pod, podOf, portNumber } from '../../lib/manifests/pods';

function podWith(spec: object): Pod {
  const pod = podOf({ apiVersion: 'v1', kind: 'Pod', spec });
  if (pod === undefined) {
    throw new Error('a Pod has pods');
  }
  return pod;
}

describe('the pods of an object', () => {
  it.each([
    ['v1', 'ReplicationController', true],
    ['apps/v1', 'DaemonSet', true],
    ['apps/v1', 'Deployment', true],
    ['apps/v1', 'ReplicaSet', true],
    ['apps/v1', 'StatefulSet', true],
    ['batch/v1', 'CronJob', false],
    ['batch/v1', 'Job', false],
    ['v1', 'Pod', false],
    ['v1', 'PodTemplate', false],
  ])('of %s %s serve until somebody stops them: %s', (apiVersion, kind, serving) => {
    expect(podOf({ apiVersion, kind })?.serving).toBe(serving);
  });

  it.each([
    ['v1', 'Service'],
    ['example.com/v1', 'Deployment'],
  ])('are none for %s %s', (apiVersion, kind) => {
    expect(podOf({ apiVersion, kind })).toBeUndefined();
  });
});

describe('the containers of a pod', () => {
  it('are those of all lists, with their places, and nothing that is no object', () => {
    const pod = podWith({ initContainers: [{ name: 'first' }], containers: [null, { name: 'second' }, {}] });
    expect(pod.containers.map(({ list, name, path }) => [list, name, path])).toEqual([
      ['initContainers', 'first', ['spec', 'initContainers', 0]],
      ['containers', 'second', ['spec', 'containers', 1]],
      ['containers', '', ['spec', 'containers', 2]],
    ]);
  });

  it('declare ports by number and by name', () => {
    const ports = [{ containerPort: 8000, name: 'http' }, { containerPort: 9000 }, { name: true }];
    expect(declaredPorts(podWith({ containers: [{ ports }, {}] }))).toEqual([8000, 'http', 9000]);
  });

  it.each([
    [8000, 8000],
    ['http', 80],
    ['missing', undefined],
    [undefined, undefined],
  ])('have for the port %j the number %j', (port, expected) => {
    const { containers } = podWith({ containers: [{}, { ports: [{ name: 'http', containerPort: 80 }] }] });
    expect(portNumber(containers, port)).toBe(expected);
  });

  it('have variables with their places, and nothing that is no object', () => {
    const { containers } = podWith({ containers: [{ env: [null, { name: 'A', value: '1' }, { value: '2' }] }] });
    expect(containers.flatMap(envOf).map(({ name, path }) => [name, path])).toEqual([
      ['A', ['spec', 'containers', 0, 'env', 1]],
      ['', ['spec', 'containers', 0, 'env', 2]],
    ]);
  });
});
