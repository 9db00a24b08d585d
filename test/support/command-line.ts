import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { stringify } from 'yaml';
import { COMMANDS } from '../../lib/cli/commands';
import { run } from '../../lib/cli/run';
import { writeFiles } from './files';
import { withDirectory } from './programs';
import { nimObjects, nimWith } from './rules';

/** What a run of the command left behind. */
export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command in a folder with these files; "DIR" in the arguments and in the output stands for the folder. */
export function cli(
  args: string[],
  files: Readonly<Record<string, string>> = {},
  more?: (directory: string) => void,
  input = '',
  afterwards?: () => void,
): Outcome {
  return withDirectory((directory) => {
    writeFiles(directory, files);
    more?.(directory);
    let [out, error] = ['', ''];
    const code = run(
      args.map((arg) => arg.replaceAll('DIR', directory)),
      { out: (text) => (out += text), error: (text) => (error += text), standardInput: () => Buffer.from(input) },
      COMMANDS,
    );
    afterwards?.();
    return { code, out: out.replaceAll(directory, 'DIR'), error: error.replaceAll(directory, 'DIR') };
  });
}

export const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
export const yaml = (objects: readonly object[]): string => objects.map((object) => stringify(object)).join('---\n');
export const COUNT = nimObjects().length;
export const GOOD = yaml(nimObjects());
export const ERROR = yaml(nimWith(['Service', 'spec.type', 'NodePort']));
export const WARNING = yaml(nimWith(['Deployment', 'spec.template.spec.enableServiceLinks', true]));
export const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

/** The output of a check of what cannot be read. */
export function problem(files: Record<string, string>, more?: (directory: string) => void, path = 'DIR'): string {
  const { code, out, error } = cli(['check', path], files, more);
  expect(code).toBe(2);
  expect(error).toBe('');
  return out;
}
