/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { isMap, isSeq, LineCounter, parseDocument } from 'yaml';
import { type GuardrailsOptions, requireOptions } from '../guardrails/guardrails-options';
import type { RuleSet } from '../guardrails/rule';
import { at } from '../manifests/fields';
import { readable } from './files';

/** The options in a file, and the line of each acknowledgement. */
export interface Config {
  readonly file: string;
  readonly options: GuardrailsOptions;
  /** The line of each acknowledgement, counted from 1. */
  readonly lines: readonly number[];
}

/** Reads the options in a file, for these rules; throws with what is wrong in it. */
export function readConfig(file: string, rules: RuleSet): Config {
  const counter = new LineCounter();
  try {
    const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: counter });
    const [error] = document.errors;
    if (error !== undefined) throw error;
    const entries = isMap(document.contents) ? document.contents.get('acknowledgements') : undefined;
    return {
      file,
      options: requireOptions('the configuration', document.toJS() ?? {}, rules),
      lines: (isSeq(entries) ? entries.items : []).map((item) => counter.linePos(Number(at(item, 'range', 0))).line),
    };
  } catch (error) {
    throw new Error(`--config ${file}: ${readable(error)}`, { cause: error });
  }
}
