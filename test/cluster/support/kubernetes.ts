import type { Manifest } from '../../support/manifests';
import type { Component } from './tools';

/** A version of Kubernetes: its programs, and what it takes of objects and definitions that are newer than it is. */
export class Kubernetes {
  public static readonly NEWEST = new Kubernetes(
    '',
    (objects) => objects,
    (definitions) => definitions,
  );
  public static readonly OLDEST = new Kubernetes('-1.28', withoutNewerFields, definitionsFor128);

  private constructor(
    private readonly suffix: '' | '-1.28',
    /** The objects without what this version does not have. */
    public readonly objectsOf: (objects: readonly Manifest[]) => readonly Manifest[],
    /** The definitions as this version takes them. */
    public readonly definitionsOf: (definitions: readonly Manifest[]) => readonly Manifest[],
  ) {}

  public get apiServer(): Component {
    return `kube-apiserver${this.suffix}`;
  }

  public get controllerManager(): Component {
    return `kube-controller-manager${this.suffix}`;
  }

  public get scheduler(): Component {
    return `kube-scheduler${this.suffix}`;
  }
}

/** Without `drainDelay`, which is new in Kubernetes 1.30, and claims for GPUs, which had another form before 1.31. The documentation says both. */
function withoutNewerFields(objects: readonly Manifest[]): Manifest[] {
  return objects.map((object) => without(object, 'preStop', 'resourceClaims', 'claims'));
}

/** Definitions whose rules Kubernetes 1.28 refuses: their estimated cost is above its budget. */
const TOO_COSTLY = ['securitypolicies.gateway.envoyproxy.io'];

/** Without selectable fields, which are new in Kubernetes 1.30, and without rules that cost too much. */
function definitionsFor128(definitions: readonly Manifest[]): Manifest[] {
  return definitions.map((definition) =>
    without(
      definition,
      'selectableFields',
      ...(TOO_COSTLY.includes(definition.metadata.name) ? ['x-kubernetes-validations'] : []),
    ),
  );
}

function without(object: Manifest, ...fields: readonly string[]): Manifest {
  return JSON.parse(JSON.stringify(object), (field, value: unknown) =>
    fields.includes(field) ? undefined : value,
  ) as Manifest;
}
