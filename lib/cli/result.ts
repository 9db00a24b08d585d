import type { Finding } from '../guardrails/finding';
import type { Report } from '../guardrails/report';
import type { RuleSet } from '../guardrails/rule';
import type { Manifest } from '../manifests/manifest';
import type { Config } from './config';
import type { SourcedObject } from './documents';
import type { InputProblem } from './files';

/** Everything that a run of the check has to say. */
export interface CheckResult extends Places {
  /** What was looked for. */
  readonly rules: RuleSet;
  readonly report: Report;
  readonly problems: readonly InputProblem[];
  /** How many objects were checked. */
  readonly objects: number;
}

/** Whether there are objects, and no rule knows the fields of any that are judged. */
export function nothingJudged({ report, objects }: CheckResult): boolean {
  return objects > 0 && report.notChecked.length + report.leftOut.length === objects;
}

/** Where something is in the input. */
export interface Places {
  /** The file of an object. */
  readonly fileOf: (object: Manifest) => string;
  /** The place of a finding; that of one about an acknowledgement is in the configuration. */
  readonly placeOf: (finding: Finding) => Place;
}

/** A line of a file. */
export interface Place {
  readonly file?: string;
  /** Counted from 1. */
  readonly line?: number;
}

/** The places of objects, and of the acknowledgements in a configuration. */
export function placesIn(objects: readonly SourcedObject[], config: Config | undefined): Places {
  const bySource = new Map(objects.map((source) => [source.object, source]));
  return {
    fileOf: (object) => bySource.get(object)?.file ?? '',
    placeOf: ({ object, path }) => {
      const source = object === undefined ? undefined : bySource.get(object);
      if (source !== undefined) {
        return { file: source.file, line: source.lineOf(path) };
      }
      return config === undefined ? {} : { file: config.file, line: config.lines[Number(path[1])] ?? 1 };
    },
  };
}
