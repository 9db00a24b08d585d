import { ApiObject, App } from 'cdk8s';
import * as nim from 'cdk8s-nim';
import { Construct, type IConstruct } from 'constructs';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { deployedChart, REPOSITORY } from './support/argo-cd';
import { testChart } from './support/manifests';
import { examplePrograms } from './support/programs';

const CLASSES = Object.values(nim).filter((type) => typeof type === 'function') as unknown as (new () => object)[];
const isOurs = (value: unknown): boolean => CLASSES.some((type) => value instanceof type);

/** The members that are private for the compiler, which the running program cannot tell, by their class. */
const PRIVATE = new Map(
  readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join('lib', file), 'utf8');
      const names = [...text.matchAll(/\bprivate (?:readonly )?(\w+)/g)].map(([, name]) => name);
      return [...text.matchAll(/\bclass (\w+)/g)].map(([, type]): [string, unknown[]] => [type ?? '', names]);
    }),
);

/** The values of the public members of an object of this library; those of a struct. */
function members(object: object): unknown[] {
  const described = Object.getOwnPropertyDescriptors(Object.getPrototypeOf(object) as object);
  const getters = Object.keys(described).filter((name) => 'get' in (described as Record<string, object>)[name]!);
  return [...Object.keys(object), ...getters]
    .filter((name) => name !== 'node' && !name.startsWith('_') && !isPrivate(object, name))
    .map((name) => (object as Record<string, unknown>)[name]);
}

function isPrivate(object: object, name: string): boolean {
  return PRIVATE.get(object.constructor.name)?.includes(name) ?? false;
}

/** The objects that public members lead to. */
function reachable(from: readonly unknown[], seen = new Set<unknown>()): Set<unknown> {
  for (const value of from) {
    if (typeof value !== 'object' || value === null || seen.has(value)) {
      continue;
    }
    const isData = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
    if (ApiObject.isApiObject(value)) {
      seen.add(value);
    } else if (isOurs(value) || isData) {
      seen.add(value);
      reachable(members(value), seen);
    }
  }
  return seen;
}

async function appOf(program: string): Promise<App> {
  const apps: App[] = [];
  const synth = vi.spyOn(App.prototype, 'synth').mockImplementation(function (this: App) {
    apps.push(this);
  });
  try {
    // With the query, the program runs also where another test has imported it.
    await import(`${join(__dirname, '..', program)}?members`);
  } finally {
    synth.mockRestore();
  }
  return apps[0]!;
}

/** What no example has. */
function withApplicationSet(): App {
  const argoCd = testChart({ namespace: 'argocd' });
  const project = new nim.ArgoCdProject(argoCd, 'embeddings', { repository: REPOSITORY });
  const clusters = nim.ArgoCdClusters.labelled({ environment: 'production' });
  new nim.ArgoCdApplicationSet(argoCd, 'search', { project, chart: deployedChart(argoCd), clusters });
  return argoCd.node.root as App;
}

/** The constructs of an app, built once. */
function builtOnce(build: () => Promise<App> | App): () => Promise<IConstruct[]> {
  let constructs: IConstruct[] | undefined;
  return async () => (constructs ??= (await build()).node.findAll());
}

const APPS: [string, () => Promise<IConstruct[]>][] = [
  ...examplePrograms().map(({ program }): [string, () => Promise<IConstruct[]>] => [
    program,
    builtOnce(() => appOf(program)),
  ]),
  ['an ApplicationSet', builtOnce(withApplicationSet)],
];

describe.each(APPS)('everything that %s renders by this library', (_, app) => {
  it('is a public member of the construct that renders it', async () => {
    const constructs = await app();
    const found = reachable(constructs.filter(isOurs));
    const rendered = constructs.filter(
      (construct) => ApiObject.isApiObject(construct) && construct.node.scopes.some(isOurs),
    );
    expect(rendered.length).toBeGreaterThan(3);
    expect(rendered.filter((object) => !found.has(object)).map(({ node }) => node.path)).toEqual([]);
  });
});

it('every construct of this library is tried', async () => {
  const tried = new Set<unknown>();
  for (const [, app] of APPS) {
    for (const { constructor } of await app()) tried.add(constructor);
  }
  const constructs = CLASSES.filter(({ prototype }) => prototype instanceof Construct);
  // An abstract class, and what renders nothing.
  const others = ['NimBase', 'NimReference', 'Peer'];
  expect(
    constructs
      .filter((type) => !tried.has(type))
      .map(({ name }) => name)
      .sort(),
  ).toEqual(others);
});
