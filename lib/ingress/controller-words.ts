import type { AddressList, BackendScheme } from './controller-language';
import type { FieldTest, Instruction } from './object-tests';
import { SERVICE } from './door-kinds';

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

/** An annotation with the scheme of what is called, on the Service or on the front door; that on the Service goes first. */
export function schemeAnnotation(name: string, values: Pick<BackendScheme, 'tls' | 'plain'>): BackendScheme[] {
  const path = ['metadata', 'annotations', name];
  return [
    { kind: SERVICE, path, ...values },
    { path, ...values },
  ];
}

/** How Gateway API says that a Service is called over TLS, and how. */
export const BACKEND_TLS_POLICY: BackendScheme = {
  kind: 'gateway.networking.k8s.io/BackendTLSPolicy',
  path: ['spec', 'validation'],
};
