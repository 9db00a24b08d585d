import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { ESLint, Linter } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const RULE = 'house/room-imports';
const ONE_WAY = 'Imports run one way';
const PLAIN_DATA = 'never constructs';

let config: Linter.Config;

beforeAll(async () => {
  config = (await new ESLint().calculateConfigForFile('lib/index.ts')) as Linter.Config;
});

/** What the lint configuration of this repository says to an import of a file. */
function complaints(file: string, code: string): string[] {
  const { plugins = {}, rules = {} } = config;
  const only = { files: ['**'], plugins: { house: plugins['house'] ?? {} }, rules: { [RULE]: rules[RULE] ?? 'off' } };
  return new Linter().verify(code, [only], { filename: file }).map(({ message }) => message);
}

describe('a wrong import fails the lint', () => {
  it.each([
    ['lib/common/names.ts', '../nim/gpu', 'common knows no other room'],
    ['lib/network/peers.ts', '../nim/gpu', 'network knows labels and an API, not a NIM'],
    ['lib/network/peers.ts', '../text-embedding-nim', 'network knows labels and an API'],
    ['lib/ingress/tls.ts', '../nim/gpu', 'ingress knows a service, not a NIM'],
    ['lib/ingress/controllers/f5-nginx/profile.ts', '../traefik/profile', 'which knows no other one'],
    ['lib/ingress/controllers/f5-nginx/profile.ts', '../../../nim/gpu', 'not a NIM'],
    ['lib/nim/pod-plan.ts', '../ingress/tls', ONE_WAY],
    ['lib/nim/pod-plan.ts', '../index', ONE_WAY],
    ['lib/secrets/ngc-credentials.ts', '../nim/gpu', ONE_WAY],
    ['lib/security/security-profile.ts', '../nim/gpu', ONE_WAY],
    ['lib/manifests/pods.ts', '../nim/nim-deployment', PLAIN_DATA],
    ['lib/manifests/pods.ts', '../guardrails/rule', PLAIN_DATA],
    ['lib/manifests/pods.ts', 'cdk8s', PLAIN_DATA],
    ['lib/guardrails/rules/probes.ts', '../../nim/nim-deployment', PLAIN_DATA],
    ['lib/guardrails/engine.ts', 'constructs', PLAIN_DATA],
    ['lib/cli/run.ts', '../nim/gpu', 'cli sees guardrails, manifests'],
    ['lib/index.ts', './cli/run', 'cli is a program of its own'],
    ['lib/text-embedding-nim.ts', 'node:fs', 'only it uses modules of Node'],
    ['lib/nim/gpu.ts', 'node:fs', ONE_WAY],
    ['lib/nim/gpu.ts', 'cdk8s-nim', ONE_WAY],
    ['lib/nim/gpu.ts', 'cdk8s-plus-28/lib/imports/k8s', ONE_WAY],
    ['lib/nim/gpu.ts', '../../test/support/render', ONE_WAY],
  ])('%s: %s', (file, specifier, sentence) => {
    expect(complaints(file, `import '${specifier}';`)).toEqual([expect.stringContaining(sentence)]);
  });

  it.each([`export * from '../nim/gpu';`, `export { Gpu } from '../nim/gpu';`, `import('../nim/gpu');`])(
    'in every form (%s)',
    (code) => {
      expect(complaints('lib/network/peers.ts', code)).toEqual([
        'network/peers imports nim/gpu. network knows labels and an API, not a NIM.',
      ]);
    },
  );
});

describe('a right import passes', () => {
  it.each([
    ['lib/common/names.ts', './invalid'],
    ['lib/ingress/tls.ts', '../network/restricted-service'],
    ['lib/ingress/ingress-controller.ts', './controllers/f5-nginx/profile'],
    ['lib/ingress/controllers/f5-nginx/profile.ts', './capabilities'],
    ['lib/ingress/controllers/f5-nginx/profile.ts', '../standard-ingress'],
    ['lib/ingress/controllers/f5-nginx/profile.ts', '../../spec'],
    ['lib/ingress/controllers/f5-nginx/profile.ts', '../../../../imports/k8s.nginx.org-policy'],
    ['lib/manifests/nim.ts', '../nim/runtime-facts'],
    ['lib/guardrails/guardrails.ts', 'cdk8s'],
    ['lib/guardrails/rules/probes.ts', '../rule'],
    ['lib/cli/files.ts', 'node:fs'],
    ['lib/cli/formats/sarif.ts', '../../guardrails/rules'],
    ['lib/index.ts', './text-embedding-nim'],
  ])('%s: %s', (file, specifier) => {
    expect(complaints(file, `import '${specifier}';`)).toEqual([]);
  });
});

it('every file that the table of rooms names exists', () => {
  const table = readFileSync('scripts/lint/rooms.mjs', 'utf8');
  const files = [...table.matchAll(/'([a-z-]+\/[a-z-]+)'/g)].map(([, file]) => file ?? '');
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(`lib/${file}.ts`))).toEqual([]);
});

it('every folder of lib/ is a room of the table', () => {
  const table = readFileSync('scripts/lint/rooms.mjs', 'utf8');
  const folders = readdirSync('lib', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.filter(({ name }) => !table.includes(`room: '${name}/'`)).map(({ name }) => name)).toEqual([]);
});
