import { groupBy, groupByEach } from './grouping';
import { type KubernetesVersions, SUPPORTED_VERSIONS } from './kubernetes-versions';
import { groupKindOf, type Manifest, nameOf, namespaceOf } from './manifest';
import { type Pod, podOf } from './pods';
import { remembered } from './remembered';
import { demandedLabels, selects } from './selectors';

/**
 * Everything that is checked together, by identity, by kind and by the labels of pods. Each look-up is built once, on first
 * use, so that a check of all objects stays linear. A look-up for some kinds only is with their reader.
 */
export class Manifests {
  /** All pods; those that an object holds are made once. */
  private readonly podOfObject = remembered(podOf);
  private byIdentity: Map<string, Manifest[]> | undefined;
  private byGroupKind: Map<string, Manifest[]> | undefined;
  private everyPod: readonly Pod[] | undefined;
  private podsByNamespace: Map<string, Pod[]> | undefined;
  private podsByLabel: Map<string, Pod[]> | undefined;

  public constructor(
    public readonly objects: readonly Manifest[],
    /** The versions of Kubernetes that the manifests have to be right for. */
    public readonly versions: KubernetesVersions = SUPPORTED_VERSIONS,
  ) {}

  /** The pods of an object, when it has any. */
  public podOf(object: Manifest): Pod | undefined {
    return this.podOfObject(object);
  }

  /** The pods of all objects. */
  public pods(): readonly Pod[] {
    return (this.everyPod ??= this.objects.map((object) => this.podOf(object)).filter((pod) => pod !== undefined));
  }

  /** All objects with the identity of this one, itself included: group, kind, namespace and name. */
  public sameAs(object: Manifest): readonly Manifest[] {
    return this.identities().get(identityOf(object)) ?? [];
  }

  /** The object of a group and kind by its name. */
  public find(groupKind: string, namespace: string, name: string): Manifest | undefined {
    return this.identities().get(`${groupKind} ${namespace}/${name}`)?.[0];
  }

  /** All objects of a group and kind, written `networking.k8s.io/NetworkPolicy`. */
  public all(groupKind: string): readonly Manifest[] {
    this.byGroupKind ??= groupBy(this.objects, groupKindOf);
    return this.byGroupKind.get(groupKind) ?? [];
  }

  /** The pods of a namespace that a LabelSelector selects. */
  public podsSelectedBy(namespace: string, selector: unknown): readonly Pod[] {
    this.podsByNamespace ??= groupBy(this.pods(), (pod) => pod.namespace);
    this.podsByLabel ??= groupByEach(this.pods(), labelKeysOf);
    const byLabel = this.podsByLabel;
    // Of the demanded labels, the one that the fewest pods have.
    const candidates = Object.entries(demandedLabels(selector))
      .map(([key, value]) => byLabel.get(labelKey(namespace, key, value)) ?? [])
      .reduce<readonly Pod[]>(
        (fewest, pods) => (pods.length < fewest.length ? pods : fewest),
        this.podsByNamespace.get(namespace) ?? [],
      );
    return candidates.filter(({ labels }) => selects(selector, labels));
  }

  private identities(): Map<string, Manifest[]> {
    return (this.byIdentity ??= groupBy(this.objects, identityOf));
  }
}

/** Group, kind, namespace and name in one text. */
export const identityOf = remembered(
  (object: Manifest): string => `${groupKindOf(object)} ${namespaceOf(object)}/${nameOf(object)}`,
);

function labelKeysOf({ namespace, labels }: Pod): string[] {
  return Object.entries(labels).map(([key, value]) => labelKey(namespace, key, value));
}

function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace} ${key}=${value}`;
}
