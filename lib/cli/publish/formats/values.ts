/** How much of a value is shown on one line. */
const LONGEST = 100;
/** How much of what is the same stands before the first difference. */
const LEAD = 20;

/** The two values of a field on one line each; of long ones the part that differs. Nothing for one that is not there. */
export function showValues(before: unknown, after: unknown): { readonly before?: string; readonly after?: string } {
  const [old, now] = [textOf(before), textOf(after)];
  const start = old === undefined || now === undefined ? 0 : firstDifference(old, now);
  return {
    ...(old === undefined ? {} : { before: shortened(old, start) }),
    ...(now === undefined ? {} : { after: shortened(now, start) }),
  };
}

/** A text as it is where nobody can take it for something else. */
function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'string' && /^[^\s"'[{][^\n\r\t]*$/.test(value) && !isJson(value)
    ? value
    : JSON.stringify(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function firstDifference(one: string, other: string): number {
  let index = 0;
  while (index < one.length && one[index] === other[index]) index += 1;
  return index;
}

function shortened(text: string, difference: number): string {
  const start = text.length <= LONGEST ? 0 : Math.max(0, Math.min(difference - LEAD, text.length - LONGEST));
  const end = start + LONGEST;
  return `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`;
}
