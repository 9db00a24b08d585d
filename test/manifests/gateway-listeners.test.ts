import { describe, expect, it } from 'vitest';
import { Listening, listeningOf } from '../../lib/manifests/gateway-listeners';
import type { Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { object } from '../support/objects';
import { httpRoute } from '../support/rules';

const GATEWAY = { name: 'public', namespace: 'gateways' };
const LISTENERS = [
  { name: 'http', port: 8080, protocol: 'HTTP' },
  { name: 'web', port: 80, protocol: 'HTTPS' },
];
const gateway = object('gateway.networking.k8s.io/Gateway', 'public', { listeners: LISTENERS }, 'gateways');

const listening = (parent: object, ...others: readonly Manifest[]): Listening => {
  const route = httpRoute({ parentRefs: [parent] });
  return listeningOf(route, parent, new Manifests([route, ...others]));
};

describe('a parent of an HTTPRoute, when its Gateway is not there,', () => {
  it.each<[string, object, Listening]>([
    ['without a section', GATEWAY, Listening.EVERYWHERE],
    ['with the section http', { ...GATEWAY, sectionName: 'http' }, Listening.PLAIN_HTTP],
    ['with port 80', { ...GATEWAY, port: 80 }, Listening.PLAIN_HTTP],
    ['with another section', { ...GATEWAY, sectionName: 'web' }, Listening.HTTPS],
    ['with another port', { ...GATEWAY, port: 443 }, Listening.HTTPS],
  ])('%s', (_, parent, expected) => {
    expect(listening(parent)).toBe(expected);
  });
});

describe('a parent of an HTTPRoute, when its Gateway is there,', () => {
  it.each<[string, object, Listening]>([
    ['is every listener without a section', GATEWAY, Listening.EVERYWHERE],
    ['is what the protocol of its section says', { ...GATEWAY, sectionName: 'web' }, Listening.HTTPS],
    ['is what the protocol of its port says', { ...GATEWAY, port: 8080 }, Listening.PLAIN_HTTP],
    [
      'is none of its listeners by section and port of two',
      { ...GATEWAY, sectionName: 'web', port: 8080 },
      Listening.HTTPS,
    ],
    ['may be another kind of that name', { ...GATEWAY, kind: 'Service', sectionName: 'http' }, Listening.PLAIN_HTTP],
    ['is found in the namespace of the route', { name: 'public', sectionName: 'http' }, Listening.PLAIN_HTTP],
  ])('%s', (_, parent, expected) => {
    expect(listening(parent, gateway)).toBe(expected);
  });

  it('is HTTPS everywhere when all listeners are', () => {
    const [, https] = LISTENERS;
    const secure = object('gateway.networking.k8s.io/Gateway', 'public', { listeners: [https] }, 'gateways');
    expect(listening(GATEWAY, secure)).toBe(Listening.HTTPS);
  });
});

describe('a listener on which a route only sends clients on to HTTPS', () => {
  const parent = { ...GATEWAY, sectionName: 'plain' };
  const redirect = (scheme: string, more: object = {}, parents: object[] = [parent]): Manifest =>
    httpRoute({
      parentRefs: parents,
      rules: [{ filters: [{ type: 'RequestRedirect', requestRedirect: { scheme } }], ...more }],
    });

  it('is for plain HTTP', () => {
    expect(listening(parent, redirect('https'))).toBe(Listening.PLAIN_HTTP);
  });

  it.each<[string, Manifest]>([
    ['the redirect leads to http', redirect('http')],
    ['the route has a Service too', redirect('https', { backendRefs: [{ name: 'a', port: 80 }] })],
    ['the redirect is on another listener', redirect('https', {}, [{ ...GATEWAY, sectionName: 'other' }])],
    ['the redirect names no listener', redirect('https', {}, [GATEWAY])],
    ['the redirect is on another Gateway', redirect('https', {}, [{ ...parent, namespace: 'other' }])],
  ])('is not known to be when %s', (_, other) => {
    expect(listening(parent, other)).toBe(Listening.HTTPS);
  });
});
