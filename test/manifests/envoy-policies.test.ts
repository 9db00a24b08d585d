import { describe, expect, it } from 'vitest';
import { everyListenerHas, everyRuleHas } from '../../lib/manifests/envoy-policies';
import { at } from '../../lib/manifests/fields';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { envoyPolicy, httpRoute } from '../support/rules';

const KIND = 'SecurityPolicy';
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
  everyRuleHas(httpRoute({ rules: [{ name: 'first' }, {}], ...spec }), new Manifests(policies.flat()), KIND, decides);

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
    everyListenerHas(httpRoute(parentRefs === undefined ? {} : { parentRefs }), new Manifests(policies), KIND, decides);
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
