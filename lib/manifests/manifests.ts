import { literalSecretInTemplate } from '../common/literal-secrets';
import { type KubernetesVersions, SUPPORTED_VERSIONS } from './kubernetes-versions';
import { groupKindOf, type Manifest, nameOf, namespaceOf } from './manifest';
import { at, listAt, textAt } from './fields';
import { type Pod, podOf } from './pods';
import { remembered } from './remembered';
import { scaledObject, scaleTarget } from './scaling';
import { demandedLabels, isEmptySelector, selects } from './selectors';

/**
 * Everything that is checked together, with the look-ups that rules need. Each look-up is built once, on first use, so
 * that a check of all objects stays linear.
 */
export class Manifests {
  private readonly literalSecrets = new Map<string, string>();
  private readonly pods = new Map<Manifest, Pod | null>();
  private byIdentity: Map<string, Manifest[]> | undefined;
  private byGroupKind: Map<string, Manifest[]> | undefined;
  private podsByNamespace: Map<string, Pod[]> | undefined;
  private podsByLabel: Map<string, Pod[]> | undefined;
  private readonly attached = new Map<string, Map<string, Manifest[]>>();
  private autoscalers: Map<string, Manifest[]> | undefined;
  private budgetsByPod: Map<Manifest, Manifest[]> | undefined;
  private policiesByPod: Map<Manifest, Manifest[]> | undefined;
  private podsByClaim: Map<string, Pod[]> | undefined;

  public constructor(
    public readonly objects: readonly Manifest[],
    /** The versions of Kubernetes that the manifests have to be right for. */
    public readonly versions: KubernetesVersions = SUPPORTED_VERSIONS,
  ) {}

  /** What kind of credential a text holds; most texts of manifests stand in many objects. */
  public literalSecretIn(text: string): string | undefined {
    let secret = this.literalSecrets.get(text);
    if (secret === undefined) {
      secret = literalSecretInTemplate(text) ?? '';
      this.literalSecrets.set(text, secret);
    }
    return secret === '' ? undefined : secret;
  }

  /** The pods of an object, when it has any. */
  public podOf(object: Manifest): Pod | undefined {
    let pod = this.pods.get(object);
    if (pod === undefined) {
      pod = podOf(object) ?? null;
      this.pods.set(object, pod);
    }
    return pod ?? undefined;
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
    // Of the labels that are demanded, the one that the fewest pods have.
    const candidates = Object.entries(demandedLabels(selector))
      .map(([key, value]) => this.labelled().get(labelKey(namespace, key, value)) ?? [])
      .reduce<readonly Pod[]>(
        (fewest, pods) => (pods.length < fewest.length ? pods : fewest),
        this.namespaced().get(namespace) ?? [],
      );
    return candidates.filter(({ labels }) => selects(selector, labels));
  }

  /** The pods of a namespace that mount a claim. */
  public podsMounting(namespace: string, claim: string): readonly Pod[] {
    this.podsByClaim ??= this.indexClaims();
    return this.podsByClaim.get(`${namespace}/${claim}`) ?? [];
  }

  /** The pods of a Service. Without a selector it has none of its own. */
  public podsOfService(service: Manifest): readonly Pod[] {
    const selector = { matchLabels: at(service, 'spec', 'selector') };
    return isEmptySelector(selector) ? [] : this.podsSelectedBy(namespaceOf(service), selector);
  }

  /** The pods of a PodDisruptionBudget. Without a selector it is about no pod; a NetworkPolicy is about all. */
  public podsOfBudget(budget: Manifest): readonly Pod[] {
    const selector = at(budget, 'spec', 'selector');
    return selector === undefined ? [] : this.podsSelectedBy(namespaceOf(budget), selector);
  }

  /** The pods of a NetworkPolicy. */
  public podsOfPolicy(policy: Manifest): readonly Pod[] {
    return this.podsSelectedBy(namespaceOf(policy), at(policy, 'spec', 'podSelector'));
  }

  /** The NetworkPolicies that select the pods of a workload. */
  public policiesOf(pod: Pod): readonly Manifest[] {
    this.policiesByPod ??= indexByPod(this.all('networking.k8s.io/NetworkPolicy'), (policy) =>
      this.podsOfPolicy(policy),
    );
    return this.policiesByPod.get(pod.owner) ?? [];
  }

  /** The objects of a group and kind that name an object, or one section of it, as their target in their own namespace. */
  public attachedTo(target: Manifest, groupKind: string, section = ''): readonly Manifest[] {
    let index = this.attached.get(groupKind);
    if (index === undefined) {
      index = new Map();
      for (const policy of this.all(groupKind)) {
        for (const { kind, name, section: only } of targetsOf(policy)) {
          append(index, targetKey(kind, namespaceOf(policy), name, only), policy);
        }
      }
      this.attached.set(groupKind, index);
    }
    return index.get(targetKey(target.kind, namespaceOf(target), nameOf(target), section)) ?? [];
  }

  /** The HorizontalPodAutoscalers that scale a workload. */
  public scaledBy(object: Manifest): readonly Manifest[] {
    this.autoscalers ??= groupBy(this.all('autoscaling/HorizontalPodAutoscaler'), scaleTarget);
    return this.autoscalers.get(scaledObject(object)) ?? [];
  }

  /** The PodDisruptionBudgets that select the pods of a workload. */
  public budgetsOf(pod: Pod): readonly Manifest[] {
    this.budgetsByPod ??= indexByPod(this.all('policy/PodDisruptionBudget'), (budget) => this.podsOfBudget(budget));
    return this.budgetsByPod.get(pod.owner) ?? [];
  }

  private identities(): Map<string, Manifest[]> {
    return (this.byIdentity ??= groupBy(this.objects, identityOf));
  }

  private namespaced(): Map<string, Pod[]> {
    return (this.podsByNamespace ??= groupBy(this.allPods(), ({ namespace }) => namespace));
  }

  private labelled(): Map<string, Pod[]> {
    return (this.podsByLabel ??= this.indexLabels());
  }

  private indexLabels(): Map<string, Pod[]> {
    const index = new Map<string, Pod[]>();
    for (const pod of this.allPods()) {
      for (const [key, value] of Object.entries(pod.labels)) {
        append(index, labelKey(pod.namespace, key, value), pod);
      }
    }
    return index;
  }

  private indexClaims(): Map<string, Pod[]> {
    const index = new Map<string, Pod[]>();
    for (const pod of this.allPods()) {
      for (const volume of listAt(pod.spec, 'volumes')) {
        const claim = textAt(volume, 'persistentVolumeClaim', 'claimName');
        if (claim !== undefined) {
          append(index, `${pod.namespace}/${claim}`, pod);
        }
      }
    }
    return index;
  }

  private allPods(): Pod[] {
    return this.objects.map((object) => this.podOf(object)).filter((pod) => pod !== undefined);
  }
}

const identityOf = remembered(
  (object: Manifest): string => `${groupKindOf(object)} ${namespaceOf(object)}/${nameOf(object)}`,
);

/** What a policy of Envoy Gateway names as its targets. A section is one rule of a route, or one listener of a Gateway. */
function targetsOf(policy: Manifest): { readonly kind: string; readonly name: string; readonly section: string }[] {
  return [at(policy, 'spec', 'targetRef'), ...listAt(policy, 'spec', 'targetRefs')].map((reference) => ({
    kind: textAt(reference, 'kind') ?? '',
    name: textAt(reference, 'name') ?? '',
    section: textAt(reference, 'sectionName') ?? '',
  }));
}

/** By workload, those of the objects that its pods are of. */
function indexByPod(
  objects: readonly Manifest[],
  podsOf: (object: Manifest) => readonly Pod[],
): Map<Manifest, Manifest[]> {
  const index = new Map<Manifest, Manifest[]>();
  for (const object of objects) {
    for (const { owner } of podsOf(object)) {
      append(index, owner, object);
    }
  }
  return index;
}

function targetKey(kind: string, namespace: string, name: string, section: string): string {
  return `${kind} ${namespace}/${name}/${section}`;
}

function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace} ${key}=${value}`;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    append(groups, keyOf(item), item);
  }
  return groups;
}

function append<K, T>(groups: Map<K, T[]>, key: K, item: T): void {
  const group = groups.get(key);
  if (group === undefined) {
    groups.set(key, [item]);
  } else {
    group.push(item);
  }
}
