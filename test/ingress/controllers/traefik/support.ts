import type { Manifest } from '../../../support/manifests';
import { annotationsOf } from '../../support';

export const ROUTER = 'traefik.ingress.kubernetes.io/router';

/** The spec of the Middleware with a suffix; `undefined` when there is none. */
export function middleware(rendered: readonly Manifest[], suffix: string): unknown {
  return rendered.find(({ kind, metadata }) => kind === 'Middleware' && metadata.name === `embeddings-${suffix}`)?.[
    'spec'
  ];
}

/** The suffixes of the Middlewares that an Ingress passes, in their order. */
export function chain(rendered: readonly Manifest[], ingress = 'embeddings'): string[] {
  const references = annotationsOf(rendered, 'Ingress', ingress)[`${ROUTER}.middlewares`] ?? '';
  return references
    .split(',')
    .map((reference) => /^embeddings-embeddings-([a-z-]+)@kubernetescrd$/.exec(reference)?.[1] ?? reference);
}
