import type { ControllerLanguage } from '../ingress/controller-language';
import { LANGUAGES } from './controllers';
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
  public constructor(
    public readonly objects: readonly Manifest[],
    /** The versions of Kubernetes that the manifests have to be right for. */
    public readonly versions: KubernetesVersions = SUPPORTED_VERSIONS,
    /** The languages of the controllers that may read the front doors. */
    public readonly languages: readonly ControllerLanguage[] = LANGUAGES,
  ) {}

  /** The pods of an object, when it has any. */
  public podOf(object: Manifest): Pod | undefined {
    return podOfObject(object);
  }

  /** The pods of all objects. */
  public pods(): readonly Pod[] {
    return everyPod(this);
  }

  /** All objects with the identity of this one, itself included: group, kind, namespace and name. */
  public sameAs(object: Manifest): readonly Manifest[] {
    return byIdentity(this).get(identityOf(object)) ?? [];
  }

  /** The object of a group and kind by its name. */
  public find(groupKind: string, namespace: string, name: string): Manifest | undefined {
    return byIdentity(this).get(`${groupKind} ${namespace}/${name}`)?.[0];
  }

  /** All objects of a group and kind, written `networking.k8s.io/NetworkPolicy`. */
  public all(groupKind: string): readonly Manifest[] {
    return byGroupKind(this).get(groupKind) ?? [];
  }

  /** The pods of a namespace that a LabelSelector selects. */
  public podsSelectedBy(namespace: string, selector: unknown): readonly Pod[] {
    const byLabel = podsByLabel(this);
    // Of the demanded labels, the one that the fewest pods have.
    const candidates = Object.entries(demandedLabels(selector))
      .map(([key, value]) => byLabel.get(labelKey(namespace, key, value)) ?? [])
      .reduce<readonly Pod[]>(
        (fewest, pods) => (pods.length < fewest.length ? pods : fewest),
        podsByNamespace(this).get(namespace) ?? [],
      );
    return candidates.filter(({ labels }) => selects(selector, labels));
  }
}

const podOfObject = remembered(podOf);
const everyPod = remembered(({ objects }: Manifests): readonly Pod[] =>
  objects.map(podOfObject).filter((pod) => pod !== undefined),
);
const podsByNamespace = remembered((manifests: Manifests) =>
  groupBy(everyPod(manifests), ({ namespace }) => namespace),
);
const podsByLabel = remembered((manifests: Manifests) => groupByEach(everyPod(manifests), labelKeysOf));
const byIdentity = remembered(({ objects }: Manifests) => groupBy(objects, identityOf));
const byGroupKind = remembered(({ objects }: Manifests) => groupBy(objects, groupKindOf));

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
