import { at, type Path } from '../../manifests/fields';
import type { Container, Pod } from '../../manifests/pods';
import { remembered } from '../../manifests/remembered';
import type { Violation } from '../rule';

/** One control of the Pod Security Standards, as the admission controller of Kubernetes decides it. */
export interface PodSecurityCheck {
  /** The name of the control in the admission controller. */
  readonly id: string;
  /**
   * The first minor version that has it.
   * @default - every supported version
   */
  readonly since?: number;
  /** The control of `baseline` that this one replaces. */
  readonly overrides?: string;
  /** @param minor the minor version of Kubernetes, for controls that changed. */
  check(pod: Pod, minor: number): Violation[];
}

/** A security context: the pod's own, or a container's. */
export interface SecurityContext {
  readonly path: Path;
  readonly fields: unknown;
}

export const podContext = remembered((pod: Pod): SecurityContext => ({
  path: [...pod.specPath, 'securityContext'],
  fields: at(pod.spec, 'securityContext'),
}));

export const containerContext = remembered((container: Container): SecurityContext => ({
  path: [...container.path, 'securityContext'],
  fields: at(container.fields, 'securityContext'),
}));

/** The pod's context and those of all its containers. */
export const allContexts = remembered((pod: Pod): readonly SecurityContext[] => [
  podContext(pod),
  ...pod.containers.map(containerContext),
]);

/** A violation for every context whose field has a forbidden value. */
export function forbidden(
  contexts: readonly SecurityContext[],
  field: Path,
  isForbidden: (value: unknown) => boolean,
): Violation[] {
  return contexts
    .filter(({ fields }) => isForbidden(at(fields, ...field)))
    .map(({ path, fields }) => ({
      path: [...path, ...field],
      message: `${field.join('.')} is ${shown(at(fields, ...field))}`,
    }));
}

function shown(value: unknown): string {
  return value === undefined || value === null ? 'not set' : JSON.stringify(value);
}

/** Since 1.35 some controls let a pod in a user namespace pass. */
export function inUserNamespace(pod: Pod): boolean {
  return at(pod.spec, 'hostUsers') === false;
}

export function onWindows(pod: Pod): boolean {
  return at(pod.spec, 'os', 'name') === 'windows';
}
