import { describe, expect, it } from 'vitest';
import { AWS_ALB } from '../../lib/ingress/controllers/aws-alb';
import { F5_NGINX } from '../../lib/ingress/controllers/f5-nginx';
import { HA_PROXY } from '../../lib/ingress/controllers/ha-proxy';
import { INGRESS_NGINX } from '../../lib/ingress/controllers/ingress-nginx';
import { TRAEFIK } from '../../lib/ingress/controllers/traefik';
import { HTTP_ROUTE, INGRESS } from '../../lib/ingress/door-kinds';
import { addressees, ingressClassOf, LANGUAGES, possibleReaders, readersOf } from '../../lib/manifests/controllers';
import { Manifests } from '../../lib/manifests/manifests';
import { goldenRenders, httpRoute, ingressWith, withField } from '../support/rules';

const NONE = new Manifests([]);
const ofClass = (name: string): ReturnType<typeof ingressWith> =>
  withField(ingressWith({}), ['spec', 'ingressClassName'], name);

describe('the controllers that read an Ingress', () => {
  it.each([
    ['nginx', [F5_NGINX, INGRESS_NGINX]],
    ['traefik', [TRAEFIK]],
    ['haproxy', [HA_PROXY]],
    ['alb', [AWS_ALB]],
    ['public', undefined],
  ])('of the class %s are its own', (name, readers) => {
    expect(readersOf(ofClass(name), NONE)).toEqual(readers?.map(({ language }) => language));
  });

  it('may be any of its kind without a class that tells', () => {
    expect(possibleReaders(ofClass('public'), NONE)).toEqual(LANGUAGES.filter(({ door }) => door === INGRESS));
    expect(possibleReaders(ofClass('traefik'), NONE)).toEqual([TRAEFIK.language]);
    expect(possibleReaders(httpRoute({}), NONE)).toEqual(LANGUAGES.filter(({ door }) => door === HTTP_ROUTE));
  });

  it('are told by the annotation before the field', () => {
    const door = withField(ofClass('nginx'), ['metadata', 'annotations', 'kubernetes.io/ingress.class'], 'alb');
    expect(ingressClassOf(door)).toBe('alb');
    expect(readersOf(door, NONE)).toEqual([AWS_ALB.language]);
  });

  it('are not told for other doors', () => {
    expect(readersOf(httpRoute({ ingressClassName: 'nginx' }), NONE)).toBeUndefined();
  });

  it('are known for every Ingress that this library renders', () => {
    const doors = goldenRenders().flatMap(({ objects, options }) =>
      options.controllers === undefined ? objects.filter(({ kind }) => kind === 'Ingress') : [],
    );
    expect(doors.filter((door) => readersOf(door, NONE) === undefined)).toEqual([]);
    expect(doors.length).toBeGreaterThan(0);
  });
});

describe('what is for one controller, such as a load balancer of AWS,', () => {
  const annotations = { 'alb.ingress.kubernetes.io/scheme': 'internal' };

  it.each([
    ['is an Ingress with its annotations', ingressWith(annotations), true],
    ['is an Ingress of its class', withField(ingressWith({}), ['spec', 'ingressClassName'], 'alb'), true],
    [
      'is no Ingress of another class',
      withField(ingressWith(annotations), ['spec', 'ingressClassName'], 'nginx'),
      false,
    ],
    ['is no Ingress without them', ingressWith({ 'nginx.org/policies': 'a' }), false],
    ['is no Service', { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a', annotations } }, false],
  ])('%s', (_, object, is) => {
    expect(addressees(object, NONE).includes(AWS_ALB.language)).toBe(is);
  });
});
