import { describe, expect, it } from 'vitest';
import { showPath } from '../../lib/manifests/fields';
import type { Manifest } from '../../lib/manifests/manifest';
import { comparablePath, servedPaths } from '../../lib/manifests/served-paths';
import { object } from '../support/objects';
import { httpRoute, openShiftRoute } from '../support/rules';

const ingress = (spec: object): Manifest => object('networking.k8s.io/Ingress', 'a', spec);
const http = (...paths: object[]): object => ({ http: { paths } });
const match = (type: string, value: string): object => ({ path: { type, value } });

describe('the paths that a front door serves', () => {
  it.each<[string, Manifest, [string, string | undefined, string][]]>([
    [
      'those of every rule of an Ingress',
      ingress({
        rules: [http({ path: '/a', pathType: 'Exact' }, { path: '/b', pathType: 'Prefix' }), http({ path: '/c' })],
      }),
      [
        ['spec.rules[0].http.paths[0]', 'Exact', '/a'],
        ['spec.rules[0].http.paths[1]', 'Prefix', '/b'],
        ['spec.rules[1].http.paths[0]', undefined, '/c'],
      ],
    ],
    [
      'everything where a rule of an Ingress has no path',
      ingress({ rules: [{ host: 'a' }] }),
      [['spec.rules[0].http.paths', undefined, '']],
    ],
    ['none of an Ingress without rules', ingress({}), []],
    [
      'those of every match of an HTTPRoute',
      httpRoute({ rules: [{ matches: [match('Exact', '/a'), match('PathPrefix', '/b')] }] }),
      [
        ['spec.rules[0].matches[0].path', 'Exact', '/a'],
        ['spec.rules[0].matches[1].path', 'PathPrefix', '/b'],
      ],
    ],
    [
      'everything where a rule of an HTTPRoute has no match',
      httpRoute({ rules: [{}] }),
      [['spec.rules[0].matches[0].path', undefined, '']],
    ],
    ['everything below the path of a Route', openShiftRoute({ path: '/a' }), [['spec.path', 'Prefix', '/a']]],
    ['everything of a Route without a path', openShiftRoute({ path: undefined }), [['spec.path', 'Prefix', '']]],
    ['none of what is no front door', object('/Service', 'a'), []],
  ])('are %s', (_, door, expected) => {
    expect(servedPaths(door).map(({ path, type, value }) => [showPath(path), type, value])).toEqual(expected);
  });
});

it.each([
  ['/V1/Models', '/v1/models'],
  ['/v1//', '/v1'],
  ['/', ''],
])('%s is compared as %j', (value, compared) => {
  expect(comparablePath(value)).toBe(compared);
});
