import type { Path } from '../../lib/manifests/fields';
import { type Manifest, namespaceOf } from '../../lib/manifests/manifest';
import { goldenRenders } from '../support/rules';

/** One weakening of a render. It is applied to every place that the path stands for, one at a time. */
export interface Mutant {
  readonly kind: string;
  /** "*" is any index or name; an empty path is the whole object. */
  readonly path: Path;
  readonly value: unknown;
}

export const DEPLOYMENT = 'Deployment';
export const POD: Path = ['spec', 'template', 'spec'];
export const CONTAINER: Path = [...POD, 'containers', '*'];
export const PROBES = ['startupProbe', 'readinessProbe', 'livenessProbe'];
export const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];
const isPolicy = ({ kind }: Manifest): boolean => kind === 'NetworkPolicy';
/** The namespaces of the policies in the renders: each lets in its own. */
export const OWN_AND_OTHER = {
  matchExpressions: [
    {
      key: 'kubernetes.io/metadata.name',
      operator: 'In',
      values: [...new Set(goldenRenders().flatMap(({ objects }) => objects.filter(isPolicy).map(namespaceOf)))],
    },
  ],
};
/** Every namespace, for Cilium. */
export const EVERY_NAMESPACE = { key: 'k8s:io.kubernetes.pod.namespace', operator: 'Exists' };
export const INGRESS_PATH: Path = ['spec', 'rules', '*', 'http', 'paths', '*'];

export function mutants(kind: string, ...changes: (readonly [Path, ...unknown[]])[]): Mutant[] {
  return changes.flatMap(([path, ...values]) => values.map((value) => ({ kind, path, value })));
}

export const annotation = (name: string): Path => ['metadata', 'annotations', name];
