import { at, isFields, listAt } from '../../manifests/fields';
import type { Violation } from '../rule';
import type { Pod } from '../../manifests/pods';
import { addedCapabilities, isRuntimeProfile, unmaskedProc } from './baseline';
import {
  allContexts,
  containerContext,
  forbidden,
  inUserNamespace,
  onWindows,
  podContext,
  type PodSecurityCheck,
} from './check';

const VOLUME_TYPES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

/** The controls that the Pod Security Standard `restricted` adds to `baseline`. */
export const RESTRICTED: readonly PodSecurityCheck[] = [
  {
    id: 'restrictedVolumes',
    overrides: 'hostPathVolumes',
    check: (pod) =>
      listAt(pod.spec, 'volumes').flatMap((volume, index) =>
        volumeType(volume) === 'emptyDir' || VOLUME_TYPES.some((type) => at(volume, type) !== undefined)
          ? []
          : [{ path: [...pod.specPath, 'volumes', index], message: `the volume is of the type ${volumeType(volume)}` }],
      ),
  },
  {
    id: 'allowPrivilegeEscalation',
    check: (pod) =>
      onWindows(pod)
        ? []
        : forbidden(pod.containers.map(containerContext), ['allowPrivilegeEscalation'], (value) => value !== false),
  },
  {
    id: 'runAsNonRoot',
    check: (pod, minor) => (minor >= 35 && inUserNamespace(pod) ? [] : maybeRoot(pod)),
  },
  {
    id: 'runAsUser',
    check: (pod, minor) =>
      minor >= 35 && inUserNamespace(pod) ? [] : forbidden(allContexts(pod), ['runAsUser'], (value) => value === 0),
  },
  {
    id: 'seccompProfile_restricted',
    overrides: 'seccompProfile_baseline',
    check: (pod) => (onWindows(pod) ? [] : withoutSeccomp(pod)),
  },
  {
    id: 'capabilities_restricted',
    overrides: 'capabilities_baseline',
    check: (pod) =>
      onWindows(pod)
        ? []
        : [
            ...pod.containers
              .map(containerContext)
              .filter(({ fields }) => !listAt(fields, 'capabilities', 'drop').includes('ALL'))
              .map(({ path }) => ({
                path: [...path, 'capabilities', 'drop'],
                message: 'not all capabilities are dropped',
              })),
            ...addedCapabilities(pod, ['NET_BIND_SERVICE']),
          ],
  },
  {
    id: 'procMount_restricted',
    since: 35,
    overrides: 'procMount',
    check: unmaskedProc,
  },
];

function maybeRoot(pod: Pod): Violation[] {
  const podValue = at(podContext(pod).fields, 'runAsNonRoot');
  return [
    ...forbidden([podContext(pod)], ['runAsNonRoot'], (value) => value === false),
    ...forbidden(
      pod.containers.map(containerContext),
      ['runAsNonRoot'],
      (value) => value === false || (value === undefined && podValue !== true),
    ),
  ];
}

function withoutSeccomp(pod: Pod): Violation[] {
  const field = ['seccompProfile', 'type'];
  const context = podContext(pod);
  const podIsSet = isRuntimeProfile(at(context.fields, ...field));
  const isSet = (fields: unknown): boolean => at(fields, 'seccompProfile') !== undefined;
  return [
    ...forbidden(isSet(context.fields) ? [context] : [], field, (type) => !isRuntimeProfile(type)),
    ...pod.containers
      .map(containerContext)
      .filter(({ fields }) => isSet(fields) || !podIsSet)
      .flatMap((own) => forbidden([own], field, (type) => !isRuntimeProfile(type))),
  ];
}

/** What a volume is made of; the API server makes an emptyDir of one that says nothing. */
function volumeType(volume: unknown): string {
  const fields = isFields(volume) ? volume : {};
  return Object.keys(fields).find((key) => key !== 'name' && at(fields, key) !== undefined) ?? 'emptyDir';
}
