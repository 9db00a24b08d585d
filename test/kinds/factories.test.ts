import { ApiObject } from 'cdk8s';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testChart } from '../support/manifests';
import { callPublic, CALLS } from './calls';

/** How the docstring of each factory that is called `from…` begins, by its name in the API. */
const BEGINNINGS = new Map(
  readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join('lib', file), 'utf8'))
    .flatMap((source) => {
      const owner = /^export (?:abstract )?class (\w+)/m.exec(source)?.[1] ?? '';
      return [...source.matchAll(/\/\*\*[\s*]+(\w+)(?:(?!\*\/)[^])*\*\/\s+public static (from\w+)/g)].map(
        ([, first = '', name = '']): [string, string] => [`${owner}.${name}`, first],
      );
    }),
);

const FACTORIES = Object.entries(CALLS).filter(([name]) => name.includes('.from'));

describe('a factory called from…', () => {
  it.each(FACTORIES)('%s says whether it renders or refers', (name, right) => {
    const chart = testChart();
    const values = right(chart).map(([, value]) => value);
    const before = new Set(chart.node.findAll());
    callPublic(name, values);
    const renders = chart.node.findAll().some((one) => ApiObject.isApiObject(one) && !before.has(one));
    expect(BEGINNINGS.get(name)).toBe(renders ? 'Renders' : 'Refers');
  });
});
