/// <reference types="node" />
import { parseArgs } from 'node:util';
import { check } from '../../guardrails/engine';
import type { GuardrailsOptions } from '../../guardrails/guardrails-options';
import { failing } from '../../guardrails/report';
import type { RuleSet } from '../../guardrails/rule';
import { ruleSetOf } from '../../guardrails/rule-set';
import { folderOf } from '../../manifests/clusters';
import { formatNamed, orWrongUse } from '../arguments';
import { byContainer } from '../by-container';
import { type Command, ExitCode, type Terminal } from '../command';
import { readObjects } from '../documents';
import { readFiles } from '../files';
import { type Format, FORMATS } from '../formats';
import { GUARDRAILS_ARGUMENTS, type GuardrailsArguments, guardrailsArguments } from '../guardrails-arguments';
import { type CheckResult, nothingJudged, placesIn } from '../result';

/** What is checked when nothing is named. */
const OUTPUT_OF_CDK8S = 'dist';

const USAGE = `Usage: cdk8s-nim check [options] [folder, file or "-"] ...

Checks rendered Kubernetes manifests, whatever wrote them: cdk8s, Helm, kustomize, a person.
Folders are read whole, files named *.yaml, *.yml and *.json, hidden ones left out; "-" is the standard input.
Without a name it is dist, where cdk8s writes to.

  --format human|json|sarif     how findings are printed (human)
  --strict                      warnings fail too, and when nothing was judged
  --kubernetes-version 1.30     check for one version (all supported ones)
  --config <file>               acknowledgements and controllers of your own: see docs/guardrails.md
  --nim-only                    only the objects of NIMs are judged, where other applications are beside them
  --rules <file>                rules of your own, a JavaScript file, which is run: see docs/own-rules.md
  --exclude <folder or file>    is not read; may be given more than once
  --version                     the version of the rules
  --help                        this text

Exit code: 0 nothing found, 1 errors (with --strict also warnings, or nothing judged), 2 the command or an input is wrong.
`;

/** Checks rendered manifests with these rules. */
export function checkCommand(rules: RuleSet): Command {
  return {
    name: 'check',
    summary: 'checks rendered manifests, whatever wrote them',
    usage: USAGE,
    run: (args, terminal) => {
      const asked = checkArguments(args, rules);
      const result = checkFiles(asked, rules, terminal);
      terminal.out(asked.format(result, terminal.hasColours === true));
      return exitCode(result, asked.options);
    },
  };
}

interface CheckArguments extends GuardrailsArguments {
  readonly paths: readonly string[];
  readonly format: Format;
  readonly exclude: readonly string[];
}

function checkArguments(args: readonly string[], rules: RuleSet): CheckArguments {
  const { values, positionals } = orWrongUse(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        format: { type: 'string', default: 'human' },
        ...GUARDRAILS_ARGUMENTS,
        exclude: { type: 'string', multiple: true, default: [] },
      },
    }),
  );
  return {
    ...guardrailsArguments(values, rules),
    paths: positionals.length === 0 ? [OUTPUT_OF_CDK8S] : positionals,
    format: formatNamed(values.format, FORMATS),
    exclude: values.exclude,
  };
}

function checkFiles(
  { paths, exclude, config, options }: CheckArguments,
  rules: RuleSet,
  terminal: Terminal,
): CheckResult {
  const { files, problems } = readFiles(paths, [...exclude, ...(config === undefined ? [] : [config.file])], () =>
    terminal.standardInput(),
  );
  const read = files.map(readObjects);
  const sources = read.flatMap((entry) => entry.objects);
  const objects = sources.map(({ object }) => object);
  const folders = new Map(sources.map(({ object, file }) => [object, folderOf(file)]));
  const allProblems = [...problems, ...read.flatMap((entry) => entry.problems)];
  const nothing = { file: paths.join(' '), message: 'there is no Kubernetes object in it' };
  const report = check(objects, rules, options, (object) => folders.get(object));
  return {
    rules: ruleSetOf(rules, options),
    report: { ...report, findings: byContainer(report.findings) },
    problems: objects.length === 0 && allProblems.length === 0 ? [nothing] : allProblems,
    objects: objects.length,
    ...placesIn(sources, config),
  };
}

/** An input that could not be checked weighs most: nobody knows what is in it. */
function exitCode(result: CheckResult, options: GuardrailsOptions): ExitCode {
  if (result.problems.length > 0) {
    return ExitCode.WRONG;
  }
  const fails = failing(result.report, options).length > 0 || (options.strict === true && nothingJudged(result));
  return fails ? ExitCode.FOUND : ExitCode.FINE;
}
