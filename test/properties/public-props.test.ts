import { describe, expect, it } from 'vitest';
import { IngressAuthentication, IngressController } from 'cdk8s-nim';
import { differences } from '../support/differences';
import { libraryInterfaces, publicNames } from '../support/interfaces';
import { render, testChart } from '../support/manifests';
import { ingressOptions, secretIn, textEmbeddingNim } from '../support/nims';
import { ROWS } from './rows';
import type { PropRow, RefusalRow } from './rows/row';

/** Options of what no nginx controller does; the tests of the other controllers vary them. */
const NOT_ON_NGINX = ['JwtAuthenticationOptions', 'ApiKeyAuthenticationOptions'];

const interfaces = libraryInterfaces();

function expectChanges(row: PropRow): void {
  const [before, after] = [row.without, row.with].map((build) => {
    const chart = testChart();
    build(chart);
    return render(chart);
  });
  const found = differences(before ?? [], after ?? []);
  const matches = (place: string, pattern: string): boolean =>
    pattern.endsWith('*') ? place.startsWith(pattern.slice(0, -1)) : place === pattern;
  expect(found).not.toEqual([]);
  expect(found.filter((place) => !row.changes.some((pattern) => matches(place, pattern)))).toEqual([]);
  expect(row.changes.filter((pattern) => !found.some((place) => matches(place, pattern)))).toEqual([]);
}

function expectRefused(row: RefusalRow): void {
  const [side, other] = 'with' in row.refused ? (['with', 'without'] as const) : (['without', 'with'] as const);
  expect(() => row[side](testChart())).toThrow(Object.values(row.refused).join());
  expect(() => row[other](testChart())).not.toThrow();
}

describe.each(Object.entries(ROWS))('%s', (name, rows) => {
  it('has a row for every member', () => {
    expect(Object.keys(rows).sort()).toEqual([...(interfaces.get(name)?.members ?? [])].sort());
  });

  it.each(Object.entries(rows))('%s changes what is rendered or refused, and only where it should', (_, row) => {
    if ('refused' in row) {
      expectRefused(row);
    } else {
      expectChanges(row);
    }
  });
});

describe('the table', () => {
  it('has every public interface of props and options outside the ingress controllers', () => {
    const named = [...publicNames()]
      .filter(
        ([name, file]) =>
          interfaces.has(name) && /(Props|Options|Container|Reference|Feature|Kind)$/.test(name) && isOurs(file),
      )
      .map(([name]) => name);
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !(name in ROWS) && !NOT_ON_NGINX.includes(name))).toEqual([]);
  });

  it.each(['f5Nginx', 'ingressNginx'] as const)('leaves out only what %s refuses', (controller) => {
    const authentications = [
      IngressAuthentication.jwt({
        issuer: 'https://login.example.com',
        jwksUri: 'https://login.example.com/keys',
        audiences: ['embeddings'],
      }),
      IngressAuthentication.apiKey(secretIn(testChart(), 'keys')),
    ];
    for (const authentication of authentications) {
      expect(() =>
        textEmbeddingNim((chart) => ({
          ingress: { ...ingressOptions(chart), controller: IngressController[controller](), authentication },
        })),
      ).toThrow(/feature: "auth-(jwt|api-key)" is refused/);
    }
  });
});

/** The rooms that this table covers; the controllers and the rules have tests of their own. */
function isOurs(file: string): boolean {
  return /^(text-embedding-nim|nim\/|gitops\/|observability\/|secrets\/|network\/|security\/|ingress\/[^/]+$)/.test(
    file,
  );
}
