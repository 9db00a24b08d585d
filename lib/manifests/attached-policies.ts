import { rememberedText } from '../common/remembered-text';
import type { AttachedPolicy } from '../ingress/controller-language';
import { at, listAt, textAt } from './fields';
import { groupByEach } from './grouping';
import { type Manifest, nameOf, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import { remembered } from './remembered';

/**
 * Whether every rule of an HTTPRoute, at every Gateway that it is on, has a policy of a kind that decides. The policy
 * on the smallest target counts: a rule of the route, then the route, then the listener, then the Gateway.
 */
export function everyRuleHas(
  route: Manifest,
  manifests: Manifests,
  attached: AttachedPolicy,
  decides: (policy: Manifest) => boolean,
): boolean {
  const whole = policiesOn(route, attached.kind, manifests);
  const gateways = gatewayLevels(route, manifests, attached.kind);
  const names = new Set(listAt(route, 'spec', 'rules').map((rule) => textAt(rule, 'name')));
  return [...names].every((name) => {
    const own = name === undefined ? [] : policiesOn(route, attached.kind, manifests, name);
    return gateways.every((levels) => isDecided([own, whole, ...levels], attached, decides));
  });
}

/** Whether every listener that an HTTPRoute is on has a policy that decides. */
export function everyListenerHas(
  route: Manifest,
  manifests: Manifests,
  attached: AttachedPolicy,
  decides: (policy: Manifest) => boolean,
): boolean {
  return gatewayLevels(route, manifests, attached.kind).every((levels) => isDecided(levels, attached, decides));
}

/** For each Gateway of a route the policies of the listener, and those of the whole Gateway. */
function gatewayLevels(route: Manifest, manifests: Manifests, groupKind: string): (readonly Manifest[])[][] {
  const parents = listAt(route, 'spec', 'parentRefs');
  // A route without a Gateway is served by none; it is judged as if one took it.
  return (parents.length === 0 ? [{}] : parents).map((parent) => {
    const gateway = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: textAt(parent, 'kind') ?? 'Gateway',
      metadata: { name: textAt(parent, 'name'), namespace: textAt(parent, 'namespace') ?? namespaceOf(route) },
    };
    const listener = textAt(parent, 'sectionName');
    return [
      ...(listener === undefined ? [] : [policiesOn(gateway, groupKind, manifests, listener)]),
      policiesOn(gateway, groupKind, manifests),
    ];
  });
}

/**
 * The first level with a policy counts, unless the policy merges with the next one. Of several policies on one target
 * only the oldest counts, and manifests do not say which that is: each of them has to decide.
 */
function isDecided(
  levels: readonly (readonly Manifest[])[],
  attached: AttachedPolicy,
  decides: (policy: Manifest) => boolean,
): boolean {
  const [level, ...next] = levels.filter((policies) => policies.length > 0);
  const merges = (policy: Manifest): boolean =>
    attached.mergedBy !== undefined && at(policy, ...attached.mergedBy) !== undefined;
  return level?.every((policy) => decides(policy) || (merges(policy) && isDecided(next, attached, decides))) ?? false;
}

/** The policies of a group and kind that name an object, or one section of it, as their target in their own namespace. */
export function policiesOn(
  target: Manifest,
  groupKind: string,
  manifests: Manifests,
  section = '',
): readonly Manifest[] {
  return byTarget(manifests)(groupKind).get(targetKey(target.kind, namespaceOf(target), nameOf(target), section)) ?? [];
}

const byTarget = remembered((manifests: Manifests) =>
  rememberedText((groupKind) => groupByEach(manifests.all(groupKind), targetsOf)),
);

/** The keys of what a policy names as its targets. A section is one rule of a route, or one listener of a Gateway. */
function targetsOf(policy: Manifest): string[] {
  return [at(policy, 'spec', 'targetRef'), ...listAt(policy, 'spec', 'targetRefs')].map((reference) =>
    targetKey(
      textAt(reference, 'kind') ?? '',
      namespaceOf(policy),
      textAt(reference, 'name') ?? '',
      textAt(reference, 'sectionName') ?? '',
    ),
  );
}

function targetKey(kind: string, namespace: string, name: string, section: string): string {
  return `${kind} ${namespace}/${name}/${section}`;
}
