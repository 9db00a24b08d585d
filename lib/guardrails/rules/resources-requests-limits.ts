import { type Rule, RuleLevel, type Violation } from '../rule';
import { at, type Fields, type Path } from '../../manifests/fields';
import { isHook } from '../../manifests/hooks';
import { type Pod, POD_KINDS } from '../../manifests/pods';
import { quantity } from '../../manifests/quantities';

const RESOURCES = ['cpu', 'memory', 'ephemeral-storage'];
/** What the resources of a pod may name. */
const OF_PODS = ['cpu', 'memory'];

export const resourcesRequestsLimits: Rule = {
  id: 'resources-requests-limits',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'Every container, or its pod for all of them, requests and limits CPU, memory and ephemeral storage; hooks that run to an end aside.',
  why: 'Without requests the scheduler puts the pod on a full node; without limits one container takes the node down.',
  fix: 'set resources.requests and resources.limits for cpu, memory and ephemeral-storage, each request at most its limit',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod === undefined
      ? []
      : [
          ...RESOURCES.flatMap((resource) => aboveLimit(pod.spec, pod.specPath, resource)),
          ...pod.containers
            // The API server refuses resources on ephemeral containers.
            .filter(({ list }) => list !== 'ephemeralContainers')
            .flatMap(({ fields, path }) =>
              RESOURCES.flatMap((resource) => [
                ...(isHook(pod) ? [] : missingAmounts(pod, fields, path, resource)),
                ...aboveLimit(fields, path, resource),
              ]),
            ),
        ];
  },
};

/** The amount of a container, or of its pod: since Kubernetes 1.34 a pod may have CPU and memory for all of its containers. */
function missingAmounts(pod: Pod, fields: Fields, path: Path, resource: string): Violation[] {
  const ofPod = OF_PODS.includes(resource) ? pod.spec : undefined;
  return ['requests', 'limits']
    .filter((kind) => amountOf(fields, kind, resource) === undefined && amountOf(ofPod, kind, resource) === undefined)
    .map((kind) => ({
      path: [...path, 'resources', kind, resource],
      message: `there is no ${kind.slice(0, -1)} for ${resource}`,
    }));
}

function aboveLimit(fields: Fields, path: Path, resource: string): Violation[] {
  return (amountOf(fields, 'requests', resource) ?? 0) > (amountOf(fields, 'limits', resource) ?? Infinity)
    ? [
        {
          path: [...path, 'resources', 'requests', resource],
          message: `the request for ${resource} is above the limit`,
        },
      ]
    : [];
}

function amountOf(fields: Fields | undefined, kind: string, resource: string): number | undefined {
  return quantity(at(fields, 'resources', kind, resource));
}
