import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Manifest } from '../../support/manifests';
import { executable } from './tools';

/** Series as promtool reads them: the selector, and values such as `1x30` (the same for 30 minutes more) or `0+5x30`. */
export type Series = Readonly<Record<string, string>>;

/** Series, and how many alerts of a name fire after some minutes of them. */
export interface AlertCase {
  readonly alert: string;
  readonly series: Series;
  readonly minutes: number;
  readonly firing: number;
}

/** What promtool says of rules; nothing when they are right. */
export function checkRules(rule: Manifest): string {
  return promtool(rule['spec'], ['check', 'rules', 'rules.yaml'], {});
}

/** What promtool says of expressions; nothing when they are of PromQL. */
export function checkExpressions(expressions: readonly string[]): string {
  const rules = expressions.map((expr, index) => ({ record: `checked:${index}`, expr }));
  return promtool({ groups: [{ name: 'expressions', rules }] }, ['check', 'rules', 'rules.yaml'], {});
}

/** What promtool says of a case; nothing when as many alerts fire as it says. */
export function runAlertCase(rule: Manifest, { alert, series, minutes, firing }: AlertCase): string {
  const test = {
    rule_files: ['rules.yaml'],
    evaluation_interval: '1m',
    tests: [
      {
        interval: '1m',
        input_series: Object.entries(series).map(([selector, values]) => ({ series: selector, values })),
        promql_expr_test: [
          {
            expr: `count(ALERTS{alertname="${alert}",alertstate="firing"}) or vector(0)`,
            eval_time: `${minutes}m`,
            exp_samples: [{ labels: '{}', value: firing }],
          },
        ],
      },
    ],
  };
  return promtool(rule['spec'], ['test', 'rules', 'test.yaml'], { 'test.yaml': stringify(test) });
}

function promtool(rules: unknown, args: readonly string[], files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-promtool-'));
  try {
    Object.entries({ 'rules.yaml': stringify(rules), ...files }).forEach(([name, content]) => {
      writeFileSync(join(directory, name), content);
    });
    const { status, stdout, stderr } = spawnSync(executable('promtool'), args, { cwd: directory, encoding: 'utf8' });
    return status === 0 ? '' : `${stdout}${stderr}`;
  } finally {
    rmSync(directory, { recursive: true });
  }
}
