import { type Rule, RuleLevel, type Violation } from './rule';
import { at } from './support/fields';
import type { Container } from './support/pods';
import { quantity } from './support/quantities';

export const resourcesRequestsLimits: Rule = {
  id: 'resources-requests-limits',
  level: RuleLevel.ERROR,
  what: 'Every container requests and limits CPU, memory and ephemeral storage.',
  why: 'Without requests the scheduler puts the pod on a full node; without limits one container takes the node down.',
  fix: 'set resources.requests and resources.limits for cpu, memory and ephemeral-storage, each request at most its limit',
  check: (object, manifests) =>
    (manifests.podOf(object)?.containers ?? [])
      // The API server refuses resources on ephemeral containers.
      .filter(({ list }) => list !== 'ephemeralContainers')
      .flatMap((container) =>
        ['cpu', 'memory', 'ephemeral-storage'].flatMap((resource) => amountViolations(container, resource)),
      ),
};

function amountViolations({ fields, path }: Container, resource: string): Violation[] {
  const amount = (kind: string): number | undefined => quantity(at(fields, 'resources', kind, resource));
  const request = amount('requests');
  const limit = amount('limits');
  const missing = [...(request === undefined ? ['requests'] : []), ...(limit === undefined ? ['limits'] : [])];
  return [
    ...missing.map((kind) => ({
      path: [...path, 'resources', kind, resource],
      message: `there is no ${kind.slice(0, -1)} for ${resource}`,
    })),
    ...((request ?? 0) > (limit ?? Infinity)
      ? [
          {
            path: [...path, 'resources', 'requests', resource],
            message: `the request for ${resource} is above the limit`,
          },
        ]
      : []),
  ];
}
