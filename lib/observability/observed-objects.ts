import type { ApiObject } from 'cdk8s';

/** Names of objects whose operators report on them. */
export interface ObservedObjects {
  readonly certificates: readonly string[];
  readonly externalSecrets: readonly string[];
}

export function observedObjects(objects: readonly ApiObject[]): ObservedObjects {
  const ofKind = (kind: string): string[] => objects.filter((object) => object.kind === kind).map(({ name }) => name);
  return { certificates: ofKind('Certificate'), externalSecrets: ofKind('ExternalSecret') };
}
