import type { ContainerResources, k8s, SecretValue } from 'cdk8s-plus-28';
import { cpu, secret, size } from '../common/cdk8s-kinds';
import type { Problem } from '../common/invalid';
import { type Kind, oneOf, text, wholeNumber } from '../common/kinds';
import { optional, required, struct } from '../common/props';

/** A key of a Secret. */
export const secretValue = struct<SecretValue>({ secret: required(secret), key: required(text) });

function amounts<T>(kind: Kind<T>): Kind<{ readonly request?: T; readonly limit?: T }> {
  // The compiler cannot tell that `T` is never optional.
  return struct<{ readonly request?: unknown; readonly limit?: unknown }>({
    request: optional(kind as Kind<unknown>),
    limit: optional(kind as Kind<unknown>),
  }) as Kind<{ readonly request?: T; readonly limit?: T }>;
}

/** What a container requests, and what it may take. */
export const containerResources = struct<ContainerResources>({
  cpu: optional(amounts(cpu)),
  memory: optional(amounts(size)),
  ephemeralStorage: optional(amounts(size)),
});

const tolerationFields = struct<k8s.Toleration>({
  key: optional(text),
  operator: optional(oneOf('Exists', 'Equal')),
  value: optional(text),
  effect: optional(oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute')),
  tolerationSeconds: optional(wholeNumber(0)),
});

/** A toleration, as the API server takes it. */
export const toleration: typeof tolerationFields = {
  ...tolerationFields,
  problems: (what, value) => {
    const problems = tolerationFields.problems(what, value);
    return problems.length > 0 ? problems : contradictions(what, value as k8s.Toleration);
  },
};

/** What the API server refuses although each field by itself is right. */
function contradictions(what: string, { key, operator, value, effect, tolerationSeconds }: k8s.Toleration): Problem[] {
  const exists = operator === 'Exists';
  return [
    ...(exists && value !== undefined && value !== ''
      ? [
          {
            what: `${what} value`,
            value,
            because: 'with "Exists" any value is tolerated',
            instead: 'leave value out, or write operator: "Equal"',
          },
        ]
      : []),
    ...(!exists && (key ?? '') === ''
      ? [
          {
            what: `${what} key`,
            value: key,
            because: 'a toleration without a key is for every taint',
            instead: 'write the key of the taint, or operator: "Exists" for every taint',
          },
        ]
      : []),
    ...(tolerationSeconds !== undefined && effect !== 'NoExecute'
      ? [
          {
            what: `${what} tolerationSeconds`,
            value: tolerationSeconds,
            because: 'only pods that are evicted have such a time',
            instead: 'write effect: "NoExecute", or leave it out',
          },
        ]
      : []),
  ];
}
