import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, describe, it } from 'vitest';
import { readConfig } from '../../lib/cli/config';
import { check as checkWith } from '../../lib/guardrails/engine';
import { findingOf } from '../../lib/guardrails/finding';
import type { GuardrailsOptions } from '../../lib/guardrails/guardrails-options';
import type { Report } from '../../lib/guardrails/report';
import { looksAt, type Rule, type RuleSet } from '../../lib/guardrails/rule';
import { RULES } from '../../lib/guardrails/rules';
import { type Path, showPath } from '../../lib/manifests/fields';
import { kubernetesVersions } from '../../lib/manifests/kubernetes-versions';
import { groupKindOf, isManifest, type Manifest } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { ingressOptions, renderTextEmbeddingNim } from './nims';
import { committedObjects, goldenPrograms } from './programs';

/** The value of a field that is not there. */
export const REMOVED = Symbol('removed');

/** Every path that a pattern stands for in a value; "*" is any index or name. */
export function pathsIn(value: unknown, pattern: Path): Path[] {
  const [step, ...rest] = pattern;
  if (step === undefined) {
    return [[]];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  const steps = step === '*' ? Object.keys(value).map((key) => (Array.isArray(value) ? Number(key) : key)) : [step];
  return steps
    .filter((key) => Object.hasOwn(value, key))
    .flatMap((key) => pathsIn((value as Record<string | number, unknown>)[key], rest).map((path) => [key, ...path]));
}

/** A copy of an object with one field set or removed, which shares all others with it. Parents that are missing are made. */
export function withField<T extends object>(object: T, path: Path, value: unknown): T {
  const [step = '', ...below] = path;
  const copy = (Array.isArray(object) ? [...(object as unknown[])] : { ...object }) as Record<string | number, unknown>;
  if (below.length > 0) {
    copy[step] = withField(copy[step] ?? {}, below, value);
  } else if (value !== REMOVED) {
    copy[step] = value;
  } else if (Array.isArray(copy)) {
    copy.splice(Number(step), 1);
  } else {
    delete copy[step];
  }
  return copy as T;
}

/** The objects with one field of the one object of a kind set or removed. */
export function edit(objects: readonly Manifest[], kind: string, path: string, value: unknown): Manifest[] {
  const index = objects.findIndex((object) => object.kind === kind);
  if (index < 0) {
    throw new Error(`there is no ${kind} among: ${objects.map((object) => object.kind).join(', ')}`);
  }
  return objects.map((object, place) => (place === index ? withField(object, pathOf(path), value) : object));
}

/** `spec.ports.0.name`; a name with dots in brackets: `metadata.annotations[example.com/a]`. */
export function pathOf(text: string): Path {
  return [...text.matchAll(/\[([^\]]+)\]|([^.[\]]+)/g)].map(
    ([, quoted, plain]) => quoted ?? (/^\d+$/.test(plain ?? '') ? Number(plain) : (plain ?? '')),
  );
}

let whole: readonly Manifest[] | undefined;

/** A whole NIM behind F5 NGINX with a password: 3 replicas on a shared volume. Rendered once: change copies. */
export function nimObjects(): Manifest[] {
  whole ??= renderTextEmbeddingNim((chart) => ({ ingress: ingressOptions(chart) })).filter(isManifest);
  return [...whole];
}

/** What one rule has against objects, as `Kind: field`. */
export function violations(rule: Rule, objects: readonly Manifest[], kubernetesVersion?: string): string[] {
  const manifests = new Manifests(objects, kubernetesVersions('version', kubernetesVersion));
  const looked = objects.filter((object) => looksAt(rule, groupKindOf(object)));
  return looked.flatMap((object) =>
    rule
      .check(object, manifests)
      .map((violation) => findingOf(rule, object, violation))
      .map(
        (finding) => `${object.kind}: ${showPath(finding.path)}${finding.message === '' ? ' without a message' : ''}`,
      ),
  );
}

/** A check with every rule, or with those of the test. */
export function check(objects: readonly Manifest[], options: GuardrailsOptions = {}, rules: RuleSet = RULES): Report {
  return checkWith(objects, rules, options);
}

/** The ids of the rules that have something against objects. */
export function rulesAgainst(objects: readonly Manifest[], options: GuardrailsOptions = {}, rules?: RuleSet): string[] {
  const report = check(objects, options, rules);
  return [...new Set(report.findings.map(({ rule }) => rule))];
}

/** A committed render, and the options with which it is judged. */
export interface GoldenRender {
  readonly name: string;
  readonly objects: Manifest[];
  readonly options: GuardrailsOptions;
}

/** What the file for `--config` says that stands beside a program. */
function optionsBeside(program: string): GuardrailsOptions {
  const file = join(program, '..', 'guardrails.yaml');
  return existsSync(file) ? readConfig(file, RULES).options : {};
}

/** The objects of every committed render. */
export function goldenRenders(): GoldenRender[] {
  return goldenPrograms()
    .filter(({ golden }) => existsSync(golden))
    .map(({ program, golden }) => ({
      name: program,
      objects: [...committedObjects(golden)],
      options: optionsBeside(program),
    }));
}

/** A change of one field of the NIM: kind, path, value. */
export type Change = readonly [kind: string, path: string, value: unknown];

/** The NIM with fields changed. */
export function nimWith(...changes: Change[]): Manifest[] {
  return changes.reduce<Manifest[]>((objects, [kind, path, value]) => edit(objects, kind, path, value), nimObjects());
}

/** One object beside nothing else. */
export function alone(apiVersion: string, kind: string, fields: object = {}): Manifest[] {
  return [{ apiVersion, kind, metadata: { name: 'alone', namespace: 'embeddings' }, ...fields }];
}

/** Objects that a rule has to accept, by what they are. */
export type Accepted = Readonly<Record<string, readonly Manifest[]>>;
/** Objects that a rule has to refuse, with the fields that it names. */
export type Refused = Readonly<Record<string, readonly [objects: readonly Manifest[], ...fields: string[]]>>;

/** The compliant and the non-compliant cases of a rule. */
export function testRule(
  rule: Rule,
  { accepts, refuses }: { readonly accepts: Accepted; readonly refuses: Refused },
): void {
  testAccepted(rule, accepts);
  testRefused(rule, refuses);
}

/** The compliant cases of a rule. A whole NIM is always compliant. */
export function testAccepted(rule: Rule, accepts: Accepted): void {
  describe(rule.id, () => {
    it.each(Object.entries({ 'a whole NIM': nimObjects(), ...accepts }))('accepts %s', (_, objects) => {
      expect(violations(rule, objects)).toEqual([]);
    });
  });
}

/** The non-compliant cases of a rule. */
export function testRefused(rule: Rule, refuses: Refused): void {
  describe(rule.id, () => {
    it.each(Object.entries(refuses))('refuses %s', (_, [objects, ...fields]) => {
      expect(violations(rule, objects)).toEqual(fields);
    });
  });
}

/** The NIM with its Ingress replaced by a front door of another kind, and objects beside it. */
export function behind(door: Manifest, ...others: readonly (readonly Manifest[])[]): Manifest[] {
  return [...nimObjects().filter(({ kind }) => kind !== 'Ingress'), door, ...others.flat()];
}

/** An Ingress for the NIM with these annotations, of a class that does not tell the controller. */
export function ingressWith(annotations: Record<string, string>, metadata: object = {}): Manifest {
  const [ingress] = nimObjects().filter(({ kind }) => kind === 'Ingress');
  if (ingress === undefined) {
    throw new Error('the NIM has no Ingress');
  }
  return {
    ...withField(ingress, ['spec', 'ingressClassName'], 'public'),
    metadata: { name: 'text-embedding', namespace: 'embeddings', annotations, ...metadata },
  };
}

/** An HTTPRoute for the NIM. */
export function httpRoute(spec: object = {}, annotations: Record<string, string> = {}): Manifest {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'text-embedding', namespace: 'embeddings', annotations },
    spec: {
      parentRefs: [{ name: 'public', namespace: 'gateways', sectionName: 'https' }],
      hostnames: ['embeddings.example.com'],
      rules: [
        {
          matches: [{ path: { type: 'Exact', value: '/v1/embeddings' } }],
          backendRefs: [{ name: 'text-embedding', port: 8000 }],
          timeouts: { request: '130s' },
        },
      ],
      ...spec,
    },
  };
}

/** A Route of OpenShift for the NIM. */
export function openShiftRoute(spec: object = {}, annotations: Record<string, string> = {}): Manifest {
  return {
    apiVersion: 'route.openshift.io/v1',
    kind: 'Route',
    metadata: { name: 'text-embedding', namespace: 'embeddings', annotations },
    spec: {
      host: 'embeddings.example.com',
      path: '/v1/embeddings',
      to: { kind: 'Service', name: 'text-embedding' },
      tls: { termination: 'edge', insecureEdgeTerminationPolicy: 'Redirect' },
      ...spec,
    },
  };
}

/** A policy of Envoy Gateway for the HTTPRoute of the NIM. */
export function envoyPolicy(kind: string, spec: object, target: object = {}, namespace = 'embeddings'): Manifest[] {
  return [
    {
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind,
      metadata: { name: kind.toLowerCase(), namespace },
      spec: { targetRefs: [{ kind: 'HTTPRoute', name: 'text-embedding', ...target }], ...spec },
    },
  ];
}

/** A Middleware of Traefik, which an Ingress names as `embeddings-<name>@kubernetescrd`. */
export function traefik(kind: string, name: string, spec: object): Manifest[] {
  return [{ apiVersion: 'traefik.io/v1alpha1', kind, metadata: { name, namespace: 'embeddings' }, spec }];
}
