/// <reference types="node" />
import { parseArgs } from 'node:util';

/** What is wrong with the arguments of a command; its usage is printed with it. */
export class WrongUse extends Error {}

/** Runs an action on the arguments; what it refuses counts as wrong use. */
export function orWrongUse<Value>(action: () => Value): Value {
  try {
    return action();
  } catch (error) {
    throw new WrongUse(messageOf(error));
  }
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The format of a name, or wrong use with the names that there are. */
export function formatNamed<Format>(name: string, formats: Readonly<Record<string, Format>>): Format {
  const format = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (format === undefined) {
    throw new WrongUse(`--format ${name}: write one of ${Object.keys(formats).join(', ')}`);
  }
  return format;
}

/** The arguments of a command whose one option is a format. */
export function namesAndFormat(
  args: readonly string[],
  first: string,
): { readonly names: string[]; readonly format: string } {
  const { values, positionals } = orWrongUse(() =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { format: { type: 'string', default: first } },
    }),
  );
  return { names: positionals, format: values.format };
}
