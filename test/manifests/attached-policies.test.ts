import { describe, expect, it } from 'vitest';
import { everyListenerHas, everyRuleHas, policiesOn } from '../../lib/manifests/attached-policies';
import { at } from '../../lib/manifests/fields';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { object } from '../support/objects';
import { envoyPolicy, httpRoute } from '../support/rules';

const KIND = 'SecurityPolicy';
const POLICY = `gateway.envoyproxy.io/${KIND}`;
const ATTACHED = { kind: POLICY, mergedBy: ['spec', 'mergeType'] };
const YES = { jwt: {} };
const NO = { cors: {} };
const MERGED = { cors: {}, mergeType: 'StrategicMerge' };

const onRoute = (spec: object): Manifest[] => envoyPolicy(KIND, spec);
const onRule = (spec: object, sectionName = 'first'): Manifest[] => envoyPolicy(KIND, spec, { sectionName });
const onListener = (spec: object, sectionName = 'https'): Manifest[] =>
  envoyPolicy(KIND, spec, { kind: 'Gateway', name: 'public', sectionName }, 'gateways');
const onGateway = (spec: object): Manifest[] =>
  envoyPolicy(KIND, spec, { kind: 'Gateway', name: 'public' }, 'gateways');

const decides = (policy: Manifest): boolean => at(policy, 'spec', 'jwt') !== undefined;
const hasEveryRule = (policies: Manifest[][], spec: object = {}): boolean =>
  everyRuleHas(
    httpRoute({ rules: [{ name: 'first' }, {}], ...spec }),
    new Manifests(policies.flat()),
    ATTACHED,
    decides,
  );

describe('every rule of a route has a policy', () => {
  it.each<[string, Manifest[][]]>([
    ['the route has one', [onRoute(YES)]],
    ['its listener has one', [onListener(YES)]],
    ['its Gateway has one', [onGateway(YES)]],
    ['a rule has one of its own that decides too', [onRoute(YES), onRule(YES)]],
    ['the route has one in place of that of the Gateway', [onRoute(YES), onGateway(NO)]],
    ['that of the route merges with that of the Gateway', [onRoute(MERGED), onGateway(YES)]],
    ['whichever of two counts', [onRoute(YES), onRoute(YES)]],
    ['another listener has another one', [onGateway(YES), onListener(NO, 'http')]],
  ])('when %s', (_, policies) => {
    expect(hasEveryRule(policies)).toBe(true);
  });

  it.each<[string, Manifest[][]]>([
    ['there is none', []],
    ['only one rule has one', [onRule(YES)]],
    ['one rule has one that leaves it out', [onRoute(YES), onRule(NO)]],
    ['that of the route leaves it out', [onRoute(NO), onGateway(YES)]],
    ['that of the listener leaves it out', [onListener(NO), onGateway(YES)]],
    ['that of the route merges with one that leaves it out', [onRoute(MERGED), onGateway(NO)]],
    ['another listener has it', [onListener(YES, 'http')]],
    ['one of two leaves it out', [onRoute(YES), onRoute(NO)]],
  ])('but not when %s', (_, policies) => {
    expect(hasEveryRule(policies)).toBe(false);
  });

  it('when each of them has one of its own', () => {
    const rules = [{ name: 'first' }, { name: 'second' }];
    expect(hasEveryRule([onRule(YES), onRule(YES, 'second')], { rules })).toBe(true);
  });

  it('at every Gateway', () => {
    const parentRefs = [
      { name: 'public', namespace: 'gateways', sectionName: 'https' },
      { name: 'other', namespace: 'gateways' },
    ];
    expect(hasEveryRule([onGateway(YES)], { parentRefs })).toBe(false);
    expect(hasEveryRule([onRoute(YES)], { parentRefs })).toBe(true);
    expect(hasEveryRule([onRoute(YES)], { parentRefs: [] })).toBe(true);
  });
});

describe('every listener of a route has a policy', () => {
  const has = (policies: Manifest[], parentRefs?: object[]): boolean =>
    everyListenerHas(
      httpRoute(parentRefs === undefined ? {} : { parentRefs }),
      new Manifests(policies),
      ATTACHED,
      decides,
    );
  const https = { name: 'public', namespace: 'gateways', sectionName: 'https' };

  it('of its own, or of the Gateway', () => {
    expect([onListener(YES), onGateway(YES), onListener(YES, 'http'), onRoute(YES)].map((of) => has(of))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('when the route is on several', () => {
    expect(has(onListener(YES), [https, { ...https, sectionName: 'other' }])).toBe(false);
    expect(has(onListener(YES), [])).toBe(false);
  });
});

describe('the policies of Envoy Gateway', () => {
  const route = object('gateway.networking.k8s.io/HTTPRoute', 'text-embedding');
  const gateway = object('gateway.networking.k8s.io/Gateway', 'public');
  const attached = (target: Manifest, spec: object, groupKind = POLICY, namespace = 'embeddings'): number =>
    policiesOn(target, POLICY, new Manifests([target, object(groupKind, 'policy', spec, namespace)])).length;
  const reference = { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', name: 'text-embedding' };

  it.each<[string, Manifest, object]>([
    ['targetRefs', route, { targetRefs: [{ ...reference, name: 'other' }, reference] }],
    ['targetRef', route, { targetRef: reference }],
    ['a Gateway', gateway, { targetRefs: [{ kind: 'Gateway', name: 'public' }] }],
  ])('are attached by %s', (_, target, spec) => {
    expect(attached(target, spec)).toBe(1);
  });

  it('are attached to a section by its name', () => {
    const spec = { targetRefs: [{ kind: 'Gateway', name: 'public', sectionName: 'https' }] };
    const manifests = new Manifests([gateway, object(POLICY, 'policy', spec)]);
    expect(
      [undefined, 'https', 'http'].map((section) => policiesOn(gateway, POLICY, manifests, section).length),
    ).toEqual([0, 1, 0]);
  });

  it.each<[string, object, string?, string?]>([
    ['another name', { targetRefs: [{ ...reference, name: 'other' }] }],
    ['another kind', { targetRefs: [{ ...reference, kind: 'Gateway' }] }],
    ['one rule of the route', { targetRefs: [{ ...reference, sectionName: 'embeddings' }] }],
    ['no target', {}],
    ['a target in another namespace', { targetRefs: [reference] }, POLICY, 'other'],
    ['another kind of policy', { targetRefs: [reference] }, 'gateway.envoyproxy.io/BackendTrafficPolicy'],
  ])('are not attached by %s', (_, spec, groupKind, namespace) => {
    expect(attached(route, spec, groupKind, namespace)).toBe(0);
  });
});
