import type { Manifest } from '../../lib/manifests/manifest';
import { nimByHand } from '../support/nim-by-hand';
import { alone, type Change, edit } from '../support/rules';

/** Manifests from the field, and the rules that are right to find something, all of them or among others. */
export interface Folder {
  readonly about: string;
  readonly objects: readonly Manifest[];
  readonly findings: readonly string[];
  /** Rules that are right to find nothing, where others may: the case is about these. */
  readonly silent?: readonly string[];
}

export const POD = 'spec.template.spec';
export const EMBEDDING = { image: 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0', env: {}, port: 8000 };

/** An embedding NIM 1.x without fault, and changes of it. */
export function embedding(...changes: Change[]): Manifest[] {
  const objects = nimByHand({ ...EMBEDDING, modelPath: '/opt/nim/.cache' });
  const withSharedMemory: Change[] = [
    ['Deployment', `${POD}.terminationGracePeriodSeconds`, 180],
    ['Deployment', `${POD}.volumes.1`, { name: 'shm', emptyDir: { medium: 'Memory', sizeLimit: '4Gi' } }],
    ['Deployment', `${POD}.containers.0.volumeMounts.1`, { name: 'shm', mountPath: '/dev/shm' }],
  ];
  return [...withSharedMemory, ...changes].reduce<Manifest[]>(
    (all, [kind, path, value]) => edit(all, kind, path, value),
    objects,
  );
}

/** A NIM that is not ours, from its chart, sample or documentation: no fact of the embedding NIM holds for it. */
export function otherFamily(
  about: string,
  image: string,
  env: Record<string, string>,
  { port = 8000, modelPath = '/opt/nim/.cache' } = {},
): Folder {
  return { about, objects: nimByHand({ image: `nvcr.io/nim/nvidia/${image}`, env, port, modelPath }), findings: [] };
}

/** An object in the namespace of the NIM. */
export const inNim = (apiVersion: string, kind: string, fields: object): Manifest[] =>
  alone(apiVersion, kind, { metadata: { name: 'other', namespace: 'nim' }, ...fields });

/** An Ingress with the path of the API, for one Service. */
export function ingress(className: string, annotations: Record<string, string>): Manifest[] {
  const backend = { service: { name: 'other', port: { number: 8000 } } };
  return inNim('networking.k8s.io/v1', 'Ingress', {
    metadata: { name: 'other', namespace: 'nim', annotations },
    spec: {
      ingressClassName: className,
      tls: [{ hosts: ['e.example.com'], secretName: 'e-tls' }],
      rules: [{ host: 'e.example.com', http: { paths: [{ path: '/v1/embeddings', pathType: 'Exact', backend }] } }],
    },
  });
}

export const middleware = (name: string, spec: object): Manifest[] =>
  alone('traefik.io/v1alpha1', 'Middleware', { metadata: { name, namespace: 'nim' }, spec });

export const settings = (data: Record<string, string>): Manifest[] => inNim('v1', 'ConfigMap', { data });
