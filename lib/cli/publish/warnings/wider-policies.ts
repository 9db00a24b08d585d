import { allowancesOf, type Direction, isAllowedBy, showAllowance } from '../../../manifests/allowances';
import { identityOf } from '../../../manifests/manifests';
import type { Transition } from './transition';
import type { ChangeWarning } from './warning';

const WAYS: Readonly<Record<Direction, { readonly way: string; readonly effect: string }>> = {
  Ingress: {
    way: 'into its pods from',
    effect:
      'the network plugin lets them connect within seconds of the sync, past the ingress with its TLS, limits and authentication',
  },
  Egress: {
    way: 'out of its pods to',
    effect:
      'the network plugin lets the pods connect there within seconds of the sync, also those that somebody has taken over',
  },
};

/** Workloads whose network policies allow more than before. */
export function widerPolicies({ before, after }: Transition): ChangeWarning[] {
  const old = new Map(before.pods().map((pod) => [identityOf(pod.owner), pod]));
  return after.pods().flatMap((pod) => {
    const known = old.get(identityOf(pod.owner));
    return (['Ingress', 'Egress'] as const).flatMap((direction) => {
      const was = known === undefined ? undefined : allowancesOf(known, direction, before);
      if (was === undefined) {
        return [];
      }
      const is = allowancesOf(pod, direction, after);
      const { way, effect } = WAYS[direction];
      const object = pod.owner;
      if (is === undefined) {
        return [{ object, path: '', message: `no network policy limits the ways ${way} anywhere any more`, effect }];
      }
      const more = is.filter((allowed) => !was.some((other) => isAllowedBy(allowed, other)));
      const ways = [...new Set(more.map(showAllowance))];
      return ways.length === 0
        ? []
        : [{ object, path: '', message: `network policies open new ways ${way}: ${ways.join('; ')}`, effect }];
    });
  });
}
