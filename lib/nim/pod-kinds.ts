import type { ContainerResources, k8s, SecretValue } from 'cdk8s-plus-28';
import { cpu, secret, size } from '../common/cdk8s-kinds';
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

/** What a container asks for, and may take. */
export const containerResources = struct<ContainerResources>({
  cpu: optional(amounts(cpu)),
  memory: optional(amounts(size)),
  ephemeralStorage: optional(amounts(size)),
});

/** A toleration, as the API server takes it. */
export const toleration = struct<k8s.Toleration>({
  key: optional(text),
  operator: optional(oneOf('Exists', 'Equal')),
  value: optional(text),
  effect: optional(oneOf('NoSchedule', 'PreferNoSchedule', 'NoExecute')),
  tolerationSeconds: optional(wholeNumber(0)),
});
