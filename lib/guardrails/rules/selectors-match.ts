import { imageReference } from '../../common/image-reference';
import { isKnownKind } from '../known-kinds';
import { type Rule, RuleLevel, type Violation } from '../rule';
import { SERVICE } from '../../ingress/door-kinds';
import { CILIUM_POLICY, ciliumParts, isCiliumPolicy } from '../../manifests/cilium-policies';
import { at, fieldsAt, isFields, listAt, type Path, textAt, textsAt } from '../../manifests/fields';
import { groupKindOf, type Manifest, namespaceOf, showObject } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { isHook } from '../../manifests/hooks';
import { servingNims } from '../../manifests/nim';
import { type Pod, POD_KINDS } from '../../manifests/pods';
import { podsOfService } from '../../manifests/selecting';
import { isEmptySelector, selects } from '../../manifests/selectors';

/** Kinds whose own selector has to match their own template. */
const KINDS_WITH_TEMPLATE = ['apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet'];

/** Where other kinds keep the selector of their pods. */
const SELECTOR_PATHS: Readonly<Record<string, Path>> = {
  'networking.k8s.io/NetworkPolicy': ['spec', 'podSelector'],
  'policy/PodDisruptionBudget': ['spec', 'selector'],
};

export const selectorsMatch: Rule = {
  id: 'selectors-match',
  level: RuleLevel.ERROR,
  kinds: [...POD_KINDS, SERVICE, ...Object.keys(SELECTOR_PATHS), CILIUM_POLICY],
  what: 'Every selector selects pods among the manifests: of Services, network policies, PodDisruptionBudgets, workloads, and for the spreading of pods. A Service of a NIM selects only pods with its image, in any version.',
  why: 'A selector with a wrong label is silent: a Service without endpoints, a policy that protects nothing, requests for one model that another program answers.',
  fix: 'use the labels of the pod template, those that only these pods have, and check the object together with its workload',
  check: (object, manifests) => [
    ...ownTemplate(object, manifests),
    ...serviceSelector(object, manifests),
    ...otherSelector(object, manifests),
    ...endpointSelectors(object, manifests),
    ...spreadSelectors(manifests.podOf(object)),
  ],
};

function ownTemplate(object: Manifest, manifests: Manifests): Violation[] {
  const selector = at(object, 'spec', 'selector');
  const pod = KINDS_WITH_TEMPLATE.includes(groupKindOf(object)) ? manifests.podOf(object) : undefined;
  return pod === undefined || (!isEmptySelector(selector) && selects(selector, pod.labels))
    ? []
    : [{ path: ['spec', 'selector'], message: 'it does not select the pods of its own template' }];
}

function serviceSelector(object: Manifest, manifests: Manifests): Violation[] {
  if (groupKindOf(object) !== SERVICE || textAt(object, 'spec', 'type') === 'ExternalName') {
    return [];
  }
  const path = ['spec', 'selector'];
  const matchLabels = fieldsAt(object, ...path);
  if (Object.keys(matchLabels).length === 0) {
    return [
      {
        path,
        message: 'without a selector the Service has no pods, unless an EndpointSlice names them: then acknowledge it',
      },
    ];
  }
  return [...noneSelected(object, manifests, { matchLabels }, path), ...shared(object, manifests, path)];
}

/** A Service that sends requests for a NIM to other pods as well: to another model, or to none. */
function shared(service: Manifest, manifests: Manifests, path: Path): Violation[] {
  const pods = podsOfService(service, manifests);
  const nim = pods.find((pod) => servingNims(pod).length > 0);
  if (nim === undefined) {
    return [];
  }
  const own = repositories(nim);
  const other = pods.find((pod) => !isHook(pod) && repositories(pod) !== own);
  return other === undefined
    ? []
    : [{ path, message: `it selects the pods of ${showObject(nim.owner)} and of ${showObject(other.owner)}` }];
}

/** The images of the NIMs of a pod, without their versions, because a canary has another version. */
function repositories(pod: Pod): string {
  return servingNims(pod)
    .map(({ fields }) => imageReference(textAt(fields, 'image') ?? '').repository)
    .sort()
    .join(' ');
}

function otherSelector(object: Manifest, manifests: Manifests): Violation[] {
  const path = SELECTOR_PATHS[groupKindOf(object)];
  if (path === undefined) {
    return [];
  }
  const selector = at(object, ...path);
  // A policy without a selector is for every pod of its namespace; a budget without one is for none.
  if (selector === undefined && groupKindOf(object) === 'policy/PodDisruptionBudget') {
    return [{ path, message: 'without a selector the budget has no pods' }];
  }
  return isEmptySelector(selector) ? [] : noneSelected(object, manifests, selector, path);
}

function endpointSelectors(object: Manifest, manifests: Manifests): Violation[] {
  return (isCiliumPolicy(object) ? ciliumParts(object) : []).flatMap(({ path, policy }) => {
    const selector = at(policy, 'spec', 'podSelector');
    return isEmptySelector(selector) ? [] : noneSelected(object, manifests, selector, [...path, 'endpointSelector']);
  });
}

function noneSelected(object: Manifest, manifests: Manifests, selector: unknown, path: Path): Violation[] {
  return manifests.podsSelectedBy(namespaceOf(object), selector).length > 0 ||
    isOfUnknownWorkload(namespaceOf(object), selector, manifests)
    ? []
    : [{ path, message: 'it selects no pod among the manifests' }];
}

/** Whether an object of a kind that the rules do not know has such pods in its template: a Rollout of Argo, a LeaderWorkerSet. */
function isOfUnknownWorkload(namespace: string, selector: unknown, manifests: Manifests): boolean {
  return manifests.objects.some(
    (object) =>
      namespaceOf(object) === namespace &&
      !isKnownKind(object, manifests) &&
      templateLabels(object).some((labels) => selects(selector, labels)),
  );
}

/** The labels of whatever looks like the template of a pod. */
function templateLabels(value: unknown): Readonly<Record<string, string>>[] {
  if (Array.isArray(value)) {
    return value.flatMap(templateLabels);
  }
  if (!isFields(value)) {
    return [];
  }
  const isTemplate = listAt(value, 'spec', 'containers').length > 0;
  return [
    ...(isTemplate ? [textsAt(value, 'metadata', 'labels')] : []),
    ...Object.values(value).flatMap(templateLabels),
  ];
}

function spreadSelectors(pod: Pod | undefined): Violation[] {
  return pod === undefined
    ? []
    : listAt(pod.spec, 'topologySpreadConstraints').flatMap((constraint, index) =>
        selects(at(constraint, 'labelSelector'), pod.labels) && !isEmptySelector(at(constraint, 'labelSelector'))
          ? []
          : [
              {
                path: [...pod.specPath, 'topologySpreadConstraints', index, 'labelSelector'],
                message: 'it does not count the pods that it is to spread',
              },
            ],
      );
}
