import { CILIUM_POLICY } from './cilium-policies';
import { EGRESS_FIREWALL } from './egress-firewalls';
import { at, fieldsAt, isFields, listAt, textAt, textsAt } from './fields';
import { DOOR_KINDS } from './front-doors';
import { groupKindOf, groupOf, type Manifest, nameOf, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import { isNim } from './nim';
import { POD_KINDS } from './pods';
import { autoscalersOf } from './scaling';
import { budgetsOf, podsOfService, policiesOf } from './selecting';
import { selects } from './selectors';

/** What is data. */
const DATA = ['/ConfigMap', '/Secret'];
/** What says who reaches whom. */
const POLICIES = ['networking.k8s.io/NetworkPolicy', CILIUM_POLICY];
/** What has pods or selects them: part of a NIM by its pods alone, whatever names it and whatever its labels are. */
const OF_PODS = [...POD_KINDS, '/Service', ...POLICIES, 'policy/PodDisruptionBudget'];
/** Kinds that name other objects in their own terms, and never become part of a NIM by a name that stands in them. */
const OTHERS = new Set([...OF_PODS, ...DATA]);
/** What is data, and what names the peers of a NIM. */
const NAMING_NOTHING = new Set([...DATA, ...POLICIES]);
/** What leads somewhere or selects pods is part of a NIM when it leads to the NIM or selects it. */
const NEVER_NAMED = new Set([...OF_PODS, ...DOOR_KINDS]);
/** The members by which the objects of controllers, meshes and monitoring name a Service, a workload or a front door. */
const NAMING = ['name', 'service', 'serviceName', 'host'];
/** Objects of the NIM Operator. */
const NIM_GROUP = 'apps.nvidia.com';

/**
 * The objects of NIMs: their workloads, what selects or scales these, what leads to them, and what all of that names. It is rather
 * too much than too little: what two applications share belongs to the NIM too.
 */
export function objectsOfNims(manifests: Manifests): ReadonlySet<Manifest> {
  const workloads = manifests.pods().filter(({ containers }) => containers.some(isNim));
  const services = manifests
    .all('/Service')
    .filter((service) => podsOfService(service, manifests).some((pod) => workloads.includes(pod)));
  const applications = new Set(workloads.map(({ owner }) => applicationOf(owner)));
  applications.delete(undefined);
  const found = new Set<Manifest>([
    ...manifests.objects.filter((object) => groupOf(object) === NIM_GROUP),
    ...services,
    ...manifests.objects.filter(
      (object) => !OF_PODS.includes(groupKindOf(object)) && applications.has(applicationOf(object)),
    ),
    ...workloads.flatMap((pod) => [
      pod.owner,
      ...policiesOf(pod, manifests),
      ...budgetsOf(pod, manifests),
      ...autoscalersOf(pod.owner, manifests),
    ]),
  ]);
  const namespaces = new Set(workloads.map(({ namespace }) => namespace));
  manifests.all('/Namespace').forEach((object) => namespaces.has(nameOf(object)) && found.add(object));
  manifests.all(EGRESS_FIREWALL).forEach((object) => namespaces.has(namespaceOf(object)) && found.add(object));
  manifests.objects.forEach((object) => deploysTo(object, namespaces) && found.add(object));
  addLeading(found, services, manifests);
  addNamed(found, manifests);
  return found;
}

/** Whether an Application or ApplicationSet of Argo CD deploys to one of these namespaces. */
function deploysTo(object: Manifest, namespaces: ReadonlySet<string>): boolean {
  return (
    groupOf(object) === 'argoproj.io' &&
    [['spec'], ['spec', 'template', 'spec']].some((path) =>
      namespaces.has(textAt(object, ...path, 'destination', 'namespace') ?? ''),
    )
  );
}

/** The application that an object says it is a part of, by the labels that Kubernetes recommends. */
function applicationOf(object: Manifest): string | undefined {
  const labels = textsAt(object, 'metadata', 'labels');
  const [name, instance] = [labels['app.kubernetes.io/name'], labels['app.kubernetes.io/instance']];
  return name === undefined || instance === undefined ? undefined : `${namespaceOf(object)}/${name}/${instance}`;
}

/** Adds what names or selects a Service, a workload or a front door that is there, until nothing is added any more. */
function addLeading(found: Set<Manifest>, services: readonly Manifest[], manifests: Manifests): void {
  const candidates = manifests.objects.filter((object) => !OTHERS.has(groupKindOf(object)));
  const leads = candidates.map((object) => ({ object, names: namesIn(object) }));
  for (let before = -1; before < found.size;) {
    before = found.size;
    const targets = new Set([...found].filter(isTarget).flatMap(namesOf));
    for (const { object, names } of leads) {
      const own = namespaceOf(object);
      if (names.some((name) => targets.has(`${own}/${name}`) || targets.has(name)) || selectsAny(object, services)) {
        found.add(object);
      }
    }
  }
}

/** A policy is named by what leads to nothing. */
function isTarget(object: Manifest): boolean {
  const groupKind = groupKindOf(object);
  return !OTHERS.has(groupKind) || POD_KINDS.includes(groupKind) || groupKind === '/Service';
}

/** How others name an object: in its namespace, with the namespace as in the DNS, and with that of a reference. */
function namesOf(object: Manifest): string[] {
  const [name, namespace] = [nameOf(object), namespaceOf(object)];
  return [`${namespace}/${name}`, ...(namespace === '' ? [] : [`${name}.${namespace}`])];
}

/** The names in an object's own fields, beside its metadata. */
function namesIn(value: unknown, depth = 0): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((item) => namesIn(item, depth + 1));
  }
  if (!isFields(value)) {
    return [];
  }
  const elsewhere = textAt(value, 'namespace');
  return Object.entries(value).flatMap(([key, inner]) => {
    if (depth === 0 && key === 'metadata') {
      return [];
    }
    if (typeof inner === 'string' && NAMING.includes(key)) {
      // A name of the DNS is a name and a namespace, whatever follows.
      const [name = '', namespace] = inner.split('.');
      return elsewhere === undefined
        ? [namespace === undefined ? name : `${name}.${namespace}`]
        : [`${elsewhere}/${name}`];
    }
    return namesIn(inner, depth + 1);
  });
}

/** Whether an object selects a Service by labels, as monitors do. */
function selectsAny(object: Manifest, services: readonly Manifest[]): boolean {
  const selector = at(object, 'spec', 'selector');
  return (
    at(selector, 'matchLabels') !== undefined &&
    services.some(
      (service) => reaches(object, namespaceOf(service)) && selects(selector, textsAt(service, 'metadata', 'labels')),
    )
  );
}

/** A monitor selects in its own namespace, unless it names others. */
function reaches(monitor: Manifest, namespace: string): boolean {
  const others = at(monitor, 'spec', 'namespaceSelector');
  return others === undefined
    ? namespaceOf(monitor) === namespace
    : at(others, 'any') === true || listAt(others, 'matchNames').includes(namespace);
}

/** Adds the objects whose names stand in what is there, until nothing is added any more. */
function addNamed(found: Set<Manifest>, manifests: Manifests): void {
  const candidates = manifests.objects.filter((object) => !NEVER_NAMED.has(groupKindOf(object)));
  for (let before = -1; before < found.size;) {
    before = found.size;
    const words = new Map<string, Set<string>>();
    for (const object of found) {
      const own = words.get(namespaceOf(object)) ?? new Set();
      words.set(namespaceOf(object), own);
      if (!NAMING_NOTHING.has(groupKindOf(object))) {
        addWords(own, object);
      }
    }
    for (const object of candidates) {
      if (isNamed(object, words)) {
        found.add(object);
      }
    }
  }
}

/** Whether the name of an object, or of what it makes, stands in an object of its namespace, or in one that names its namespace too. */
function isNamed(object: Manifest, words: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const namespace = namespaceOf(object);
  const spec = fieldsAt(object, 'spec');
  const names = [
    nameOf(object),
    // As Traefik names what a provider of Kubernetes brought.
    `${namespace}-${nameOf(object)}`,
    ...[textAt(spec, 'secretName'), textAt(spec, 'target', 'name')].filter((name) => name !== undefined),
  ];
  return [...words].some(
    ([where, own]) =>
      (namespace === '' || where === namespace || own.has(namespace)) && names.some((name) => own.has(name)),
  );
}

/** Adds the words of every text in a value. */
function addWords(words: Set<string>, value: unknown): void {
  if (typeof value === 'string') {
    value.split(/[\s,@/]+/).forEach((word) => words.add(word));
  } else if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach((inner) => addWords(words, inner));
  }
}
