import type { Chart } from 'cdk8s';
import { construct } from '../../lib/common/cdk8s-kinds';
import { type AnyKind, text } from '../../lib/common/kinds';
import { type PropTable, struct } from '../../lib/common/props';

/** One argument: what it has to be, and one that is right. */
export type Argument = readonly [kind: AnyKind, right: unknown];

/** Right arguments of a factory or a constructor, in a chart. */
export type Arguments = (chart: Chart) => readonly Argument[];

export const call =
  (...values: readonly Argument[]): Arguments =>
  () =>
    values;
export const props = <Props extends object>(table: PropTable<Props>, right: Partial<Props> = {}): Argument => [
  struct(table),
  right,
];
export const place = (chart: Chart): Argument[] => [
  [construct, chart],
  [text, 'x'],
];
