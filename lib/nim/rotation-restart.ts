import type { k8s } from 'cdk8s-plus-28';
import { ownAnnotation } from '../common/annotations';
import { unlessEmptyRecord } from '../common/defined';
import { invalid } from '../common/invalid';
import { text } from '../common/kinds';
import { required, requireProps } from '../common/props';
import { requireReason } from '../common/names';
import type { MergedParts, PodPart } from './pod-part';

const RELOADER = 'reloader.stakater.com';

/**
 * What restarts the pods when something that they read at their start has changed. By default nothing does: a restart of a NIM takes
 * minutes, in which its GPU serves nobody.
 *
 * @example
 * nim.RotationRestart.reloader();
 * nim.RotationRestart.version('2026-11-30');
 */
export class RotationRestart {
  /**
   * Stakater's Reloader restarts the pods, one after the other, when a Secret or a ConfigMap changes that they mount or have in their
   * environment. The NGC key and `caBundle` are not among them: only a download reads these. With Argo CD, Reloader has to run with
   * `--reload-strategy=annotations`; otherwise each of its restarts is a diff.
   */
  public static reloader(): RotationRestart {
    return new RotationRestart(undefined);
  }

  /**
   * A text in an annotation of the pods: a commit that changes it restarts them, for example the version of the Secret in the secret
   * manager. Nothing else watches.
   *
   * @param version refused: nothing, and what looks like a credential.
   */
  public static version(version: string): RotationRestart {
    const from = 'RotationRestart.version';
    requireProps(from, { version }, { version: required(text) });
    const instead = 'write for example the version of the Secret in the secret manager, or a date';
    return new RotationRestart(requireReason(from, version, instead));
  }

  private constructor(
    /** @internal The text whose change restarts; none where Reloader does. */
    public readonly _version: string | undefined,
  ) {}
}

/** What the pods show of it. */
export function rotationPart(restart: RotationRestart | undefined): PodPart {
  const from = 'NimDeployment rotationRestart';
  const version = restart?._version;
  return version === undefined ? { from } : { from, annotations: { [ownAnnotation('rotation')]: version } };
}

/**
 * What Reloader reads from the Deployment.
 *
 * @param notWatched parts whose Secrets and ConfigMaps are of no use to a pod that runs.
 */
export function reloaderNote(
  restart: RotationRestart | undefined,
  parts: MergedParts,
  notWatched: readonly PodPart[],
): Record<string, string> {
  if (restart === undefined || restart._version !== undefined) {
    return {};
  }
  const ignored = notWatched.flatMap(({ volumes = [] }) => volumes);
  const ignoredEnv = new Set(notWatched.flatMap(({ secretEnv = {} }) => Object.keys(secretEnv)));
  const volumes = parts.volumes.filter((volume) => !ignored.includes(volume));
  const secrets = [
    ...volumes.map(({ secret }) => secret?.secretName),
    ...Object.entries(parts.secretEnv).map(([name, { secret }]) => (ignoredEnv.has(name) ? undefined : secret.name)),
    ...parts.initContainers.flatMap(secretsOf),
  ];
  const note = unlessEmptyRecord({
    ...listed('secret', secrets),
    ...listed(
      'configmap',
      volumes.map(({ configMap }) => configMap?.name),
    ),
  });
  if (note === undefined) {
    throw invalid({
      what: 'NimDeployment rotationRestart',
      value: 'RotationRestart.reloader()',
      because: 'the pods read no Secret and no ConfigMap beside what a download needs',
      instead: 'leave it out; a new NGC key needs no restart',
    });
  }
  return note;
}

/** The Secrets in the environment of a sidecar; an init container has ended, unless it is one. */
function secretsOf({ env = [], restartPolicy }: k8s.Container): (string | undefined)[] {
  return restartPolicy === undefined ? [] : env.map(({ valueFrom }) => valueFrom?.secretKeyRef?.name);
}

function listed(kind: string, names: readonly (string | undefined)[]): Record<string, string> {
  const known = [...new Set(names.filter((name) => name !== undefined))].sort();
  return known.length === 0 ? {} : { [`${kind}.${RELOADER}/reload`]: known.join(',') };
}
