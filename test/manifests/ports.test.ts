import { describe, expect, it } from 'vitest';
import { portOf, portsOverlap } from '../../lib/manifests/ports';
import { object } from '../support/objects';

const HTTP = { name: 'http', port: 80 };
const HTTPS = { name: 'https', port: 443 };
const service = (...ports: object[]): ReturnType<typeof object> => object('/Service', 'a', { ports });

describe('the port of a Service', () => {
  it.each<[string, object[], unknown, object | undefined]>([
    ['is found by its number', [HTTP, HTTPS], 443, HTTPS],
    ['is found by its name', [HTTP, HTTPS], 'https', HTTPS],
    ['is the only one where none is named', [HTTP], undefined, HTTP],
    ['is not known where none of several is named', [HTTP, HTTPS], undefined, undefined],
    ['is not known where no port has the name', [HTTP], 'https', undefined],
  ])('%s', (_, ports, port, expected) => {
    expect(portOf(service(...ports), port)).toEqual(expected);
  });
});

describe('ports have one in common', () => {
  it.each<[unknown, unknown, boolean]>([
    [{ port: 443 }, { port: 443, protocol: 'TCP' }, true],
    [{ port: 443 }, { port: 80 }, false],
    [{ port: 443 }, { port: 443, protocol: 'UDP' }, false],
    [{ port: 443 }, { port: 1, endPort: 443 }, true],
    [{ port: 443 }, { port: 444, endPort: 500 }, false],
    [{ port: 443 }, { port: 'https' }, true],
    [{ port: 443 }, {}, true],
    [{ port: 443, protocol: 'UDP' }, undefined, true],
    [undefined, { port: 443, protocol: 'UDP' }, true],
  ])('%j and %j: %s', (one, other, expected) => {
    expect(portsOverlap(one, other)).toBe(expected);
  });
});
