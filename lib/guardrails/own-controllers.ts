import { invalid } from '../common/invalid';
import type { BackendScheme, ControllerLanguage } from '../ingress/controller-language';
import type { FieldTest, Instruction } from '../ingress/object-tests';
import type { IngressControllerLanguage, IngressControllerSetting } from '../ingress/own-language';
import { LANGUAGES } from '../manifests/controllers';
import { parsePath } from '../manifests/fields';

/** The languages that the library knows and those that are declared; refuses one of a name that is there. */
export function languagesWith(declared: readonly IngressControllerLanguage[]): readonly ControllerLanguage[] {
  if (declared.length === 0) {
    return LANGUAGES;
  }
  const every = [...LANGUAGES, ...declared.map(languageOf)];
  const names = every.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw invalid({
      what: 'guardrails controllers name',
      value: twice,
      because: 'another controller has it, and findings would not say which one they mean',
      instead: 'give each controller a name of its own',
    });
  }
  return every;
}

function languageOf(declared: IngressControllerLanguage): ControllerLanguage {
  const { name, door, ingressClasses, annotationPrefix, policyKinds = [] } = declared;
  const { timeoutAnnotation, bodySizeAnnotation, backendTls } = declared;
  return {
    name,
    door,
    kinds: policyKinds,
    policies: policyKinds.map((kind) => ({ kind })),
    rateLimits: (declared.rateLimits ?? []).map((setting) => instructionOf(setting, declared)),
    authentications: (declared.authentications ?? []).map((setting) => instructionOf(setting, declared)),
    ...(ingressClasses === undefined ? {} : { classes: ingressClasses }),
    ...(annotationPrefix === undefined ? {} : { prefix: annotationPrefix }),
    ...(timeoutAnnotation === undefined ? {} : { timeout: { annotation: timeoutAnnotation, unit: 's' } }),
    ...(bodySizeAnnotation === undefined ? {} : { bodySizeAnnotation }),
    ...(backendTls === undefined ? {} : { backendSchemes: backendTls.map((setting) => schemeOf(setting, name)) }),
  };
}

function instructionOf(
  { field, kind, pattern }: IngressControllerSetting,
  { name, policyKinds = [] }: IngressControllerLanguage,
): Instruction {
  const path = pathOf(field, name);
  if (kind !== undefined && !policyKinds.includes(kind)) {
    throw invalid({
      what: `kind of a setting of ${name}`,
      value: kind,
      because: `it is none of its policyKinds (${policyKinds.join(', ')})`,
      instead: 'add it to policyKinds, or leave kind out for a field of the front door',
    });
  }
  const test: FieldTest = { path, ...(pattern === undefined ? {} : { pattern }) };
  return {
    how: kind === undefined ? field : `a ${kind.replace(/^.*\//, '')} with ${field}`,
    ...(kind === undefined ? {} : { kind }),
    anyOf: [[test]],
  };
}

function schemeOf({ field, kind, pattern }: IngressControllerSetting, name: string): BackendScheme {
  if (kind !== undefined) {
    throw invalid({
      what: `kind of backendTls of ${name}`,
      value: kind,
      because: 'a policy on a Service is not read, so how its Services are called would not be known',
      instead: 'leave backendTls out, or name a field of the front door',
    });
  }
  return { path: pathOf(field, name), ...(pattern === undefined ? {} : { tls: pattern }) };
}

function pathOf(field: string, name: string): string[] {
  const path = parsePath(field)?.map(String);
  if (path === undefined || path.length === 0) {
    throw invalid({
      what: `field of a setting of ${name}`,
      value: field,
      because: 'it cannot be read',
      instead: 'write it like metadata.annotations["example.com/rate-limit"] or spec.rateLimit',
    });
  }
  return path;
}
