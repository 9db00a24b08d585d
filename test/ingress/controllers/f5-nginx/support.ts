import { IngressController, type IngressControllerOptions, type SecureIngressProps } from 'cdk8s-nim';
import type { Manifest } from '../../../support/manifests';
import type { Given } from '../../../support/nims';
import { annotationsOf, controllerObjects } from '../../support';

export function objects(props: Given<SecureIngressProps> = {}, options: IngressControllerOptions = {}): Manifest[] {
  return controllerObjects(IngressController.f5Nginx(options), props);
}

export function annotation(rendered: readonly Manifest[], name: string): string | undefined {
  return annotationsOf(rendered, 'Ingress')[`nginx.org/${name}`];
}

/** The spec of the Policy with a suffix; `undefined` when there is none. */
export function policy(rendered: readonly Manifest[], suffix: string): unknown {
  return rendered.find(({ kind, metadata }) => kind === 'Policy' && metadata.name === `embeddings-${suffix}`)?.['spec'];
}
