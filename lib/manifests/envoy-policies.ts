import { at, listAt, textAt } from './fields';
import { type Manifest, namespaceOf } from './manifest';
import type { Manifests } from './manifests';

const GROUP = 'gateway.envoyproxy.io/';

/**
 * Whether every rule of an HTTPRoute, at every Gateway that it is on, has a policy of Envoy Gateway that decides. A policy
 * counts for what it names: a rule of the route before the route, that before the listener, that before the Gateway.
 */
export function everyRuleHas(
  route: Manifest,
  manifests: Manifests,
  kind: string,
  decides: (policy: Manifest) => boolean,
): boolean {
  const whole = manifests.attachedTo(route, GROUP + kind);
  const gateways = gatewayLevels(route, manifests, GROUP + kind);
  const names = new Set(listAt(route, 'spec', 'rules').map((rule) => textAt(rule, 'name')));
  return [...names].every((name) => {
    const own = name === undefined ? [] : manifests.attachedTo(route, GROUP + kind, name);
    return gateways.every((levels) => isDecided([own, whole, ...levels], decides));
  });
}

/** Whether every listener that an HTTPRoute is on has a policy that decides. */
export function everyListenerHas(
  route: Manifest,
  manifests: Manifests,
  kind: string,
  decides: (policy: Manifest) => boolean,
): boolean {
  return gatewayLevels(route, manifests, GROUP + kind).every((levels) => isDecided(levels, decides));
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
      ...(listener === undefined ? [] : [manifests.attachedTo(gateway, groupKind, listener)]),
      manifests.attachedTo(gateway, groupKind),
    ];
  });
}

/**
 * The first level with a policy counts, unless the policy merges with the next one. Of several policies on one target only the
 * oldest counts, and which that is, manifests do not say: each of them has to decide.
 */
function isDecided(levels: readonly (readonly Manifest[])[], decides: (policy: Manifest) => boolean): boolean {
  const [level, ...next] = levels.filter((policies) => policies.length > 0);
  return (
    level?.every(
      (policy) => decides(policy) || (at(policy, 'spec', 'mergeType') !== undefined && isDecided(next, decides)),
    ) ?? false
  );
}
