/// <reference types="node" />
import { check } from '../guardrails/engine';
import { RuleLevel } from '../guardrails/rule';
import { type CheckArguments, messageOf, parseArguments, USAGE } from './arguments';
import { readConfig } from './config';
import { readObjects } from './documents';
import { readFiles } from './files';
import { formatHuman } from './format-human';
import { formatJson } from './format-json';
import { formatSarif } from './format-sarif';
import { type CheckResult, placed } from './result';
import { packageVersion } from './version';

/** What the command line reads from and writes to, besides files. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  standardInput(): Buffer;
}

const NOTHING_FOUND = 0;
const FOUND = 1;
const WRONG_USE = 2;

const FORMATTERS = { human: formatHuman, json: formatJson, sarif: formatSarif };

/** Runs the command line and returns its exit code. */
export function run(args: readonly string[], terminal: Terminal): number {
  const parsed = parseArguments(args);
  if (parsed === 'help') {
    terminal.out(USAGE);
    return NOTHING_FOUND;
  }
  if (parsed === 'version') {
    terminal.out(`${packageVersion()}\n`);
    return NOTHING_FOUND;
  }
  if ('wrong' in parsed) {
    terminal.error(`error: ${parsed.wrong}\n\n${USAGE}`);
    return WRONG_USE;
  }
  try {
    const { result, strict } = checkFiles(parsed, terminal);
    terminal.out(FORMATTERS[parsed.format](result));
    return exitCode(result, strict);
  } catch (error) {
    terminal.error(`error: ${messageOf(error)}\n`);
    return WRONG_USE;
  }
}

interface Checked {
  readonly result: CheckResult;
  readonly strict: boolean;
}

function checkFiles({ paths, exclude, ...asked }: CheckArguments, terminal: Terminal): Checked {
  const config = asked.config === undefined ? undefined : readConfig(asked.config);
  const { acknowledgements, kubernetesVersion, strict } = { ...config?.options };
  const { files, problems } = readFiles(paths, [...exclude, ...(config === undefined ? [] : [config.file])], () =>
    terminal.standardInput(),
  );
  const read = files.map(readObjects);
  const objects = read.flatMap((entry) => entry.objects);
  const allProblems = [...problems, ...read.flatMap((entry) => entry.problems)];
  const version = asked.kubernetesVersion ?? kubernetesVersion;
  const report = check(
    objects.map(({ object }) => object),
    {
      ...(acknowledgements === undefined ? {} : { acknowledgements }),
      ...(version === undefined ? {} : { kubernetesVersion: version }),
    },
  );
  const nothing = objects.length === 0 && allProblems.length === 0;
  return {
    result: placed(
      report,
      { objects, config },
      nothing ? [{ file: paths.join(' '), message: 'there is no Kubernetes object in it' }] : allProblems,
    ),
    strict: asked.strict || strict === true,
  };
}

/** An input that could not be checked weighs most: nobody knows what is in it. */
function exitCode({ findings, problems }: CheckResult, strict: boolean): number {
  if (problems.length > 0) {
    return WRONG_USE;
  }
  return findings.some(({ level }) => level === RuleLevel.ERROR || strict) ? FOUND : NOTHING_FOUND;
}
