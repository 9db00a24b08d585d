/// <reference types="node" />
import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { IGuardrailRule } from '../guardrails/guardrail-rule';
import { requireRules } from '../guardrails/own-rule';
import { readable } from './files';

/** The rules that a file exports as `rules`. It is run as part of the program. */
export function loadRules(file: string): IGuardrailRule[] {
  try {
    const path = resolve(file);
    statSync(path);
    const { rules } = createRequire(path)(path) as { readonly rules?: IGuardrailRule[] };
    if (rules === undefined) {
      throw new Error('it exports no `rules`: write `exports.rules = [ … ]` or `export const rules = [ … ]`');
    }
    return requireRules('rules', rules);
  } catch (error) {
    throw new Error(`--rules ${file}: ${readable(error)}`, { cause: error });
  }
}
