import { type Rule, RuleLevel, type Violation } from '../rule';
import { at, isFields, listAt, type Path, textAt } from '../../manifests/fields';
import { isKnownKind } from '../known-kinds';
import { groupKindOf } from '../../manifests/manifest';

export const unknownWorkload: Rule = {
  id: 'unknown-workload',
  level: RuleLevel.WARNING,
  what: 'Pods belong to workloads that Kubernetes itself has.',
  why: 'These rules cannot tell where another kind keeps its pods, and what its controller adds to them: nothing in those pods is checked.',
  fix: 'use a workload of Kubernetes, or check the object yourself and acknowledge it with what you found',
  check: (object, manifests) => {
    // A policy of Kyverno has patterns for containers, and runs none.
    if (isKnownKind(object, manifests) || object.kind.endsWith('Policy')) {
      return [];
    }
    const pods = [...(NIM_KINDS.includes(groupKindOf(object)) ? [['spec']] : []), ...containersIn(object, [])];
    return [
      ...pods.map((path) => ({ path, message: `it runs containers, and the rules do not know ${object.kind}` })),
      ...(pods.length === 0 ? [] : doorsIn(object, [])),
    ];
  },
};

/** What such an object lets its controller open: a Service that is reached from outside, an ingress. */
function doorsIn(value: unknown, path: Path): Violation[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => doorsIn(item, [...path, index]));
  }
  if (!isFields(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === 'type' && (inner === 'LoadBalancer' || inner === 'NodePort')
      ? [{ path: [...path, key], message: `its controller opens a Service of type ${inner}` }]
      : []),
    ...(key === 'ingress' && at(inner, 'enabled') === true
      ? [{ path: [...path, key, 'enabled'], message: 'its controller opens an ingress, which these rules do not see' }]
      : []),
    ...doorsIn(inner, [...path, key]),
  ]);
}

/** Kinds of the NIM Operator whose pods the operator writes. */
const NIM_KINDS = ['apps.nvidia.com/NIMPipeline', 'apps.nvidia.com/NIMService'];

/** Where an object lists containers. */
function containersIn(value: unknown, path: Path): Path[] {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => containersIn(item, [...path, index]));
  }
  if (!isFields(value)) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'containers' && listAt(value, key).some((item) => textAt(item, 'image') !== undefined)
      ? [[...path, key]]
      : containersIn(inner, [...path, key]),
  );
}
