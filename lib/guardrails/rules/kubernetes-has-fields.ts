import { at, listAt, type Path } from '../../manifests/fields';
import { type Pod, POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel, type Violation } from '../rule';

/** A field of pods that older versions of Kubernetes do not have. */
interface NewField {
  /** The minor version of Kubernetes 1 that has it without a gate. */
  readonly since: number;
  /** What an older one does. */
  readonly before: string;
  readonly pathsIn: (pod: Pod) => Path[];
}

const NEW_FIELDS: readonly NewField[] = [
  {
    since: 29,
    before: 'waits for the end of the container for ever, and never starts the others',
    pathsIn: ({ containers }) =>
      containers
        .filter(({ list, fields }) => list === 'initContainers' && at(fields, 'restartPolicy') === 'Always')
        .map(({ path }) => [...path, 'restartPolicy']),
  },
  {
    since: 30,
    before: 'refuses or drops it',
    pathsIn: ({ containers }) =>
      containers
        .filter(({ fields }) => at(fields, 'lifecycle', 'preStop', 'sleep') !== undefined)
        .map(({ path }) => [...path, 'lifecycle', 'preStop', 'sleep']),
  },
  {
    since: 34,
    before: 'has it behind the gate DynamicResourceAllocation (from 1.31 on), and drops it without',
    pathsIn: ({ spec, specPath }) =>
      listAt(spec, 'resourceClaims').length === 0 ? [] : [[...specPath, 'resourceClaims']],
  },
];

export const kubernetesHasFields: Rule = {
  id: 'kubernetes-has-fields',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'The version of Kubernetes that is stated has the fields that the pods use: native sidecars (1.29), `preStop.sleep` (1.30), `resourceClaims` (1.34). Without a stated version nothing is judged.',
  why: 'An older API server drops a field that it does not know: a pod without its GPU claim, or one that never starts.',
  fix: 'leave out sidecars, drainDelay or Gpu.fromResourceClaimTemplate for that cluster, or upgrade it; acknowledge a claim where the gate is on',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod === undefined ? [] : NEW_FIELDS.flatMap((field) => violations(field, pod, manifests.versions.newest));
  },
};

function violations({ since, before, pathsIn }: NewField, pod: Pod, newest: number): Violation[] {
  return newest >= since
    ? []
    : pathsIn(pod).map((path) => ({ path, message: `it needs Kubernetes 1.${since}, and 1.${newest} ${before}` }));
}
