import { describe, expect, it } from 'vitest';
import {
  AWS,
  COMMUNITY,
  F5,
  HAPROXYTECH,
  ingressClassOf,
  readersOf,
  reads,
  TRAEFIK,
} from '../../lib/manifests/controllers';
import { goldenRenders, httpRoute, ingressWith, withField } from '../support/rules';

const ofClass = (name: string): ReturnType<typeof ingressWith> =>
  withField(ingressWith({}), ['spec', 'ingressClassName'], name);

describe('the controllers that read an Ingress', () => {
  it.each([
    ['nginx', [F5, COMMUNITY]],
    ['traefik', [TRAEFIK]],
    ['haproxy', [HAPROXYTECH]],
    ['alb', [AWS]],
    ['public', undefined],
  ])('of the class %s are %j', (name, readers) => {
    expect(readersOf(ofClass(name))).toEqual(readers);
  });

  it('may be any without a class that tells', () => {
    expect([ofClass('public'), ofClass('nginx')].map((door) => reads(TRAEFIK, door))).toEqual([true, false]);
  });

  it('are told by the annotation before the field', () => {
    const door = withField(ofClass('nginx'), ['metadata', 'annotations', 'kubernetes.io/ingress.class'], 'alb');
    expect(ingressClassOf(door)).toBe('alb');
    expect(readersOf(door)).toEqual([AWS]);
  });

  it('are not told for other doors', () => {
    expect(readersOf(httpRoute({ ingressClassName: 'nginx' }))).toBeUndefined();
  });

  it('are known for every Ingress that this library renders', () => {
    const doors = goldenRenders().flatMap(({ objects }) => objects.filter(({ kind }) => kind === 'Ingress'));
    expect(doors.filter((door) => readersOf(door) === undefined)).toEqual([]);
    expect(doors.length).toBeGreaterThan(0);
  });
});
