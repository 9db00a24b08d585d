/// <reference types="node" />
import { parseArgs } from 'node:util';
import type { RuleSet } from '../../guardrails/rule';
import { formatNamed, orWrongUse, WrongUse } from '../arguments';
import { type Command, ExitCode } from '../command';
import { GUARDRAILS_ARGUMENTS, guardrailsArguments } from '../guardrails-arguments';
import { readableError } from '../publish/errors';
import { type Disk, DISK } from '../publish/disk';
import { PUBLISH_FORMATS } from '../publish/formats';
import { publish, type PublishRequest } from '../publish/publish';
import type { PublishResult } from '../publish/result';
import { RECORD_FILE } from '../publish/record';

const USAGE = `Usage: cdk8s-nim publish [options] <rendered folder> --to <folder in a Git checkout>

Writes a render into the repository that Argo CD reads: only files whose objects changed. It removes only files that it
wrote itself, which ${RECORD_FILE} in the folder names, and prints what becomes of each object. It never commits.

  --to <folder>                 where to; it is made when it is in a Git checkout
  --check                       compare only: nothing is written, exit code 1 on a difference
  --diff                        print the lines that differ, too
  --format human|markdown|json  how the summary is printed (human); markdown is for a pull request
  --force <file>                write or remove this file although somebody else changed or made it; may be given more than once
  --no-check                    publish what the guardrails refuse; the summary says so
  --strict                      warnings of the guardrails refuse too
  --kubernetes-version 1.30     guardrails for one version (all supported ones)
  --config <file>               acknowledgements and controllers of your own: see docs/guardrails.md
  --nim-only                    the guardrails judge only the objects of NIMs
  --rules <file>                rules of your own, a JavaScript file, which is run: see docs/own-rules.md
  --help                        this text

Exit code: 0 done, or with --check nothing differs; 1 refused, or with --check a difference; 2 the command, an input or the disk is wrong.
`;

/** Writes renders into a checkout, after these rules have judged them. */
export function publishCommand(rules: RuleSet, disk: Disk = DISK): Command {
  return {
    name: 'publish',
    summary: 'writes a render into the repository that Argo CD reads',
    usage: USAGE,
    run: (args, terminal) => {
      const { request, format } = publishArguments(args, rules);
      const result = readableError(() => publish(request, rules, disk));
      terminal.out(format(result, terminal.hasColours === true));
      return exitCode(result);
    },
  };
}

function publishArguments(
  args: readonly string[],
  rules: RuleSet,
): { readonly request: PublishRequest; readonly format: (result: PublishResult, hasColours: boolean) => string } {
  const { values, positionals } = orWrongUse(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        to: { type: 'string' },
        check: { type: 'boolean', default: false },
        diff: { type: 'boolean', default: false },
        format: { type: 'string', default: 'human' },
        force: { type: 'string', multiple: true, default: [] },
        'no-check': { type: 'boolean', default: false },
        ...GUARDRAILS_ARGUMENTS,
      },
    }),
  );
  const [rendered, ...others] = positionals;
  if (rendered === undefined || others.length > 0) {
    throw new WrongUse(
      `${positionals.length} folders are named: name the one that was rendered, such as dist/production`,
    );
  }
  if (values.to === undefined) {
    throw new WrongUse('--to is missing: name a folder of the checkout, such as ../manifests/envs/production');
  }
  return {
    request: {
      rendered,
      target: values.to,
      compareOnly: values.check,
      withDiff: values.diff,
      guardrails: values['no-check'] ? undefined : guardrailsArguments(values, rules),
      forced: values.force,
    },
    format: formatNamed(values.format, PUBLISH_FORMATS),
  };
}

function exitCode({ done, written, removed, recordChanges }: PublishResult): ExitCode {
  const differs = written.length > 0 || removed.length > 0 || recordChanges;
  return done === 'refused' || (done === 'compared' && differs) ? ExitCode.FOUND : ExitCode.FINE;
}
