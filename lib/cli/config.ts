/// <reference types="node" />
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Acknowledgement } from '../rules/acknowledgements';
import { RULES } from '../rules';
import { isFields } from '../rules/support/fields';
import { messageOf } from './arguments';

const MEMBERS = ['rule', 'reason', 'kind', 'namespace', 'name'];

/** The acknowledgements in a configuration file; throws with what is wrong in it. */
export function readConfig(file: string): Acknowledgement[] {
  let value: unknown;
  try {
    value = parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`--config ${file}: ${messageOf(error)}`, { cause: error });
  }
  const entries = isFields(value) ? (value['acknowledgements'] ?? []) : undefined;
  const unknown = Object.keys(isFields(value) ? value : {}).find((key) => key !== 'acknowledgements');
  if (!Array.isArray(entries) || unknown !== undefined) {
    throw new Error(`--config ${file}: write a list under "acknowledgements", and nothing else`);
  }
  return entries.map((entry: unknown, index) => acknowledgement(entry, `--config ${file} acknowledgements[${index}]`));
}

function acknowledgement(entry: unknown, where: string): Acknowledgement {
  const texts = isFields(entry) ? entry : {};
  const wrong = Object.entries(texts).find(([key, value]) => !MEMBERS.includes(key) || typeof value !== 'string');
  if (wrong !== undefined) {
    throw new Error(`${where}: ${wrong[0]} is refused: the members are ${MEMBERS.join(', ')}, all of them texts`);
  }
  const { rule, reason } = texts as Partial<Record<string, string>>;
  if (!RULES.some(({ id }) => id === rule)) {
    throw new Error(`${where}: there is no rule ${JSON.stringify(rule ?? '')}`);
  }
  if ((reason ?? '').trim() === '') {
    throw new Error(`${where}: it has no reason; write why the finding may stay`);
  }
  return texts as unknown as Acknowledgement;
}
