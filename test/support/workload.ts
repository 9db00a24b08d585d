import { at, find, type Manifest } from './manifests';

/** A variable of a rendered container. */
export interface EnvVar {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
}

/** The parts of a rendered container that the tests read. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: string[];
  readonly args?: string[];
  readonly env?: EnvVar[];
  readonly ports?: { readonly name: string; readonly containerPort: number }[];
  readonly resources: Record<'requests' | 'limits', Record<string, string>>;
  readonly volumeMounts: {
    readonly name: string;
    readonly mountPath: string;
    readonly subPath?: string;
    readonly readOnly?: boolean;
  }[];
  readonly startupProbe: { readonly failureThreshold: number; readonly periodSeconds: number };
  readonly [field: string]: unknown;
}

/** A rendered volume. */
export interface Volume {
  readonly name: string;
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit: string };
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean };
}

/** The parts of a rendered pod that the tests read. */
export interface Pod {
  readonly containers: Container[];
  readonly initContainers?: Container[];
  readonly volumes: Volume[];
  readonly imagePullSecrets?: { readonly name: string }[];
  readonly terminationGracePeriodSeconds: number;
  readonly [field: string]: unknown;
}

/** The pod of the Deployment. */
export function podOf(objects: readonly Manifest[], name?: string): Pod {
  return at(find(objects, 'Deployment', name), 'spec.template.spec') as Pod;
}

/** The container of the NIM. */
export function nimOf(objects: readonly Manifest[], name?: string): Container {
  const nim = podOf(objects, name).containers.find((container) => container.name === 'nim');
  if (nim === undefined) {
    throw new Error('the pod has no container "nim"');
  }
  return nim;
}

/** An init container, by its name. */
export function initContainerOf(objects: readonly Manifest[], name: string): Container {
  const found = (podOf(objects).initContainers ?? []).find((container) => container.name === name);
  if (found === undefined) {
    throw new Error(`the pod has no init container "${name}"`);
  }
  return found;
}

/** The literal variables of a container. */
export function literalsOf(container: Container): Record<string, string> {
  return Object.fromEntries(
    (container.env ?? []).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The variables of a container that come from Secrets, as `secret/key`. */
export function secretRefsOf(container: Container): Record<string, string> {
  return Object.fromEntries(
    (container.env ?? []).flatMap(({ name, valueFrom }) =>
      valueFrom === undefined ? [] : [[name, `${valueFrom.secretKeyRef.name}/${valueFrom.secretKeyRef.key}`]],
    ),
  );
}

/** A Kubernetes size in bytes. */
export function bytesOf(quantity: string): number {
  const [, amount, unit = ''] = /^(\d+)(Ki|Mi|Gi|Ti)?$/.exec(quantity) ?? [];
  if (amount === undefined) {
    throw new Error(`${JSON.stringify(quantity)} is no binary quantity`);
  }
  return Number(amount) * 1024 ** ['', 'Ki', 'Mi', 'Gi', 'Ti'].indexOf(unit);
}
