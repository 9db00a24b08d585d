import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { credentialsFrom, nimFrom } from './from-recipes';
import { type CredentialsRecipe, credentialsRecipe, type NimRecipe, nimRecipe } from './arbitraries';
import { type Manifest, render } from './manifests';
import { type Container, podOf } from './workload';

export type Labels = Record<string, string>;

export function chartWith(credentials: CredentialsRecipe, nims: readonly NimRecipe[]): Chart {
  const chart = new Chart(new App(), 'test', { namespace: 'embeddings' });
  const shared = credentialsFrom(chart, credentials);
  nims.forEach((nim) => nimFrom(chart, nim, shared));
  return chart;
}

export const renders = new Map<string, Manifest[]>();

/** Rendered once: from one seed, all properties get the same NIMs. */
export function rendered(credentials: CredentialsRecipe, nims: readonly NimRecipe[]): Manifest[] {
  const recipe = JSON.stringify([credentials, nims]);
  const objects = renders.get(recipe) ?? render(chartWith(credentials, nims));
  renders.set(recipe, objects);
  return objects;
}

/** Checks one or two random NIMs in one namespace. */
export function forAllNims(check: (objects: Manifest[], nims: readonly NimRecipe[]) => void): void {
  const nims = fc.uniqueArray(nimRecipe, { minLength: 1, maxLength: 2, selector: ({ name }) => name });
  fc.assert(
    fc.property(credentialsRecipe, nims, (credentials, recipes) => {
      check(rendered(credentials, recipes), recipes);
    }),
  );
}

/** Checks one random NIM. */
export function forAllNimsAlone(
  check: (objects: Manifest[], nim: NimRecipe, credentials: CredentialsRecipe) => void,
): void {
  fc.assert(
    fc.property(credentialsRecipe, nimRecipe, (credentials, nim) => {
      check(rendered(credentials, [nim]), nim, credentials);
    }),
  );
}

export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

export function allContainers(objects: readonly Manifest[], name?: string): Container[] {
  const pod = podOf(objects, name);
  return [...pod.containers, ...(pod.initContainers ?? [])];
}

/** The paths of nulls, and of empty lists and objects that Kubernetes does not ask for. */
export function emptyParts(value: unknown, path = ''): string[] {
  if (value === null || value === undefined) {
    return [path];
  }
  if (typeof value !== 'object') {
    return [];
  }
  const children = Object.entries(value);
  return children.length === 0 && !/\.(podSelector|namespaceSelector|emptyDir|spec.ingress|spec.egress)$/.test(path)
    ? [path]
    : children.flatMap(([key, child]) => emptyParts(child, `${path}.${key}`));
}

/** Whether a quantity is written in the largest unit that keeps it whole. */
export function isCanonical(name: string, quantity: string): boolean {
  const [, amount = '0', unit = ''] = /^([1-9]\d*)(m|Ki|Mi|Gi|Ti)?$/.exec(quantity) ?? [];
  if (amount === '0') {
    return false;
  }
  if (name === 'cpu') {
    return unit === '' || (unit === 'm' && Number(amount) % 1000 !== 0);
  }
  return name.includes('/') ? unit === '' : unit === 'Ti' || (unit !== '' && Number(amount) % 1024 !== 0);
}
