import type { AddressList, FieldTest, Instruction } from './controller-language';

/** A test of an annotation. */
export function annotation(name: string, expected: Omit<FieldTest, 'path'> = {}): FieldTest {
  return { path: ['metadata', 'annotations', name], ...expected };
}

/** Addresses that are listed in an annotation. */
export function addressesIn(name: string): AddressList {
  return { path: ['metadata', 'annotations', name] };
}

/** An instruction that is one annotation. */
export function byAnnotation(name: string, expected: Omit<FieldTest, 'path'> = {}): Instruction {
  return { how: `the annotation ${name}`, anyOf: [[annotation(name, expected)]] };
}

/** What Go's `strconv.ParseBool` takes for true, in letters of any case. */
export const TRUE = '^(1|[Tt]|[Tt][Rr][Uu][Ee])$';
/** A list of address ranges, one of which holds every address. */
export const EVERY_ADDRESS = '/0\\s*(,|$)';
