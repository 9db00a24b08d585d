import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { at } from '../../support/manifests';
import type { ServingProcess } from '../../support/serving-process';
import type { LiveObject } from './api-client';
import type { ControlPlane } from './control-plane';
import { type Component, executable } from './tools';

/**
 * Starts a program that sees everything of this machine, and other files at some paths: the words up to `--` are pairs of where and what.
 * Its root directory is of its own, so that nothing is written outside.
 */
const WITH_MOUNTS = `set -e
root=$1; shift
mount -t tmpfs tmpfs "$root"
for entry in /*; do
  if [ -L "$entry" ]; then cp -P "$entry" "$root/"
  elif [ -d "$entry" ]; then mkdir "$root$entry"; mount --rbind "$entry" "$root$entry"
  fi
done
while [ "$1" != -- ]; do
  # Below what is there already nothing is made: that would be made outside too.
  case "$1" in /*/*) [ -e "$root$1" ] ;; *) mkdir "$root$1" ;; esac
  mount --bind "$2" "$root$1"
  shift 2
done
shift
# A pipe, which can be opened by the name /dev/stdout; what a test starts with is a socket.
mkfifo "$root/output"
cat "$root/output" &
exec chroot "$root" "$@" >"$root/output" 2>&1`;

/** Files and directories of a program, as the volumes of its pod would bring them: by the path there, the path here. */
export type Mounts = Readonly<Record<string, string>>;

let roots = 0;

/** A container of a pod, with what the kubelet would resolve. */
export interface Container {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly mounts: Mounts;
}

/** Starts a component as the container. It ends with the control plane. */
export function runContainer(
  plane: ControlPlane,
  component: Component,
  { args, environment, mounts }: Container,
  ports: readonly number[],
): Promise<ServingProcess> {
  const root = plane.path(`root-${(roots += 1)}`);
  mkdirSync(root);
  const pairs = Object.entries(mounts).flat();
  return plane.start(
    'unshare',
    ['--mount', 'sh', '-c', WITH_MOUNTS, component, root, ...pairs, '--', executable(component), ...args],
    ports,
    { environment },
  );
}

interface ContainerSpec {
  readonly name: string;
  readonly args?: readonly string[];
  readonly env?: readonly { readonly name: string; readonly value?: string; readonly valueFrom?: object }[];
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Volume {
  readonly name: string;
  readonly secret?: { readonly secretName: string };
  readonly configMap?: { readonly name: string; readonly optional?: boolean };
}

/** What the first pod of a Deployment would run: nothing here is a kubelet, so somebody else starts the program with it. */
export async function containerOf(plane: ControlPlane, deployment: LiveObject, name: string): Promise<Container> {
  const { name: pod, namespace = '' } = deployment.metadata;
  const spec = at(deployment, 'spec.template.spec') as {
    readonly containers: readonly ContainerSpec[];
    readonly volumes?: readonly Volume[];
  };
  const container = spec.containers.find((candidate) => candidate.name === name);
  if (container === undefined) {
    throw new Error(`${pod} has no container ${name}`);
  }
  const fields: Readonly<Record<string, string>> = { 'metadata.name': pod, 'metadata.namespace': namespace };
  const environment = Object.fromEntries(
    (container.env ?? []).map(({ name: variable, value, valueFrom }) => [
      variable,
      value ?? fields[at(valueFrom, 'fieldRef.fieldPath') as string] ?? '',
    ]),
  );
  const mounts: Record<string, string> = {};
  for (const { name: volumeName, mountPath } of container.volumeMounts ?? []) {
    const volume = spec.volumes?.find((candidate) => candidate.name === volumeName);
    const files = volume && (await filesOf(plane, namespace, volume));
    if (files !== undefined) {
      mounts[mountPath] = writeFiles(plane, `${pod}-${volumeName}`, files);
    }
  }
  const resolved = (text: string): string => text.replace(/\$\((\w+)\)/g, (_, key: string) => environment[key] ?? '');
  return { args: (container.args ?? []).map(resolved), environment, mounts };
}

/** A directory with files. */
export function writeFiles(
  plane: ControlPlane,
  name: string,
  files: Readonly<Record<string, Buffer | string>>,
): string {
  const directory = plane.path(name);
  mkdirSync(directory, { recursive: true });
  Object.entries(files).forEach(([file, content]) => {
    writeFileSync(join(directory, file), content);
  });
  return directory;
}

/** The keys of the Secret or ConfigMap of a volume; `undefined` where it may be missing, and is. */
async function filesOf(
  { api }: ControlPlane,
  namespace: string,
  { secret, configMap }: Volume,
): Promise<Record<string, Buffer> | undefined> {
  const [kind, name] = secret === undefined ? ['ConfigMap', configMap?.name] : ['Secret', secret.secretName];
  const object = await api.get({ apiVersion: 'v1', kind, metadata: { name: name ?? '', namespace } });
  if (object === undefined && configMap?.optional === true) {
    return undefined;
  }
  const data = at(object, 'data') as Record<string, string>;
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, secret === undefined ? 'utf8' : 'base64')]),
  );
}
