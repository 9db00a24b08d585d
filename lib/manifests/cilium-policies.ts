import { NAMESPACE_NAME } from '../common/labels';
import { ANY_LABEL, K8S_LABEL, NAMESPACE_LABEL, POD_NAMESPACE } from '../network/cilium-facts';
import { at, type Fields, fieldsAt, isFields, listAt, type Path, textAt } from './fields';
import { groupKindOf, type Manifest } from './manifest';
import { remembered } from './remembered';

export const CILIUM_POLICY = 'cilium.io/CiliumNetworkPolicy';

/** One rule set of a CiliumNetworkPolicy, in the words of a NetworkPolicy. */
export interface CiliumPart {
  /** The path to it. */
  readonly path: Path;
  /** The policy with this rule set alone, as a NetworkPolicy says it. Its peers are those of one, `{ host }` for a name of the DNS, or `{ other }`. */
  readonly policy: Manifest;
  /** The rule that each rule of `policy` is of, by its place. */
  readonly places: Readonly<Record<Way, readonly number[]>>;
}

type Way = 'ingress' | 'egress';

const WAYS: Readonly<Record<Way, { readonly prefix: 'from' | 'to'; readonly type: string }>> = {
  ingress: { prefix: 'from', type: 'Ingress' },
  egress: { prefix: 'to', type: 'Egress' },
};

export function isCiliumPolicy(object: Manifest): boolean {
  return groupKindOf(object) === CILIUM_POLICY;
}

/** The rule sets of a CiliumNetworkPolicy that are for pods: `spec`, and those of `specs`. What they deny is left out. */
export const ciliumParts = remembered((policy: Manifest): readonly CiliumPart[] =>
  [['spec'], ...listAt(policy, 'specs').map((_, index) => ['specs', index])]
    .filter((path) => at(policy, ...path, 'endpointSelector') !== undefined)
    .map((path) => partAt(policy, path)),
);

function partAt(policy: Manifest, path: Path): CiliumPart {
  const spec = fieldsAt(policy, ...path);
  const [ingress, egress] = [rulesOf(spec, 'ingress'), rulesOf(spec, 'egress')];
  return {
    path,
    places: { ingress: ingress.map(({ place }) => place), egress: egress.map(({ place }) => place) },
    policy: {
      ...policy,
      spec: {
        podSelector: peerOf(at(spec, 'endpointSelector'))['podSelector'],
        policyTypes: (['ingress', 'egress'] as const).filter((way) => limits(spec, way)).map((way) => WAYS[way].type),
        ingress: ingress.map(({ rule }) => rule),
        egress: egress.map(({ rule }) => rule),
      },
    },
  };
}

/** Whether a rule set refuses what it does not allow: it has rules for that way, unless it says otherwise. */
function limits(spec: Fields, way: Way): boolean {
  const hasRules = listAt(spec, way).length > 0 || listAt(spec, `${way}Deny`).length > 0;
  const enabled = at(spec, 'enableDefaultDeny', way);
  return typeof enabled === 'boolean' ? enabled : hasRules;
}

interface PlacedRule {
  readonly place: number;
  readonly rule: Fields;
}

/** The rules that allow something. */
function rulesOf(spec: Fields, way: Way): PlacedRule[] {
  const { prefix } = WAYS[way];
  return listAt(spec, way).flatMap((rule, place) => {
    const named = Object.keys(isFields(rule) ? rule : {}).filter((member) =>
      /^(to|from)(?!Ports|Requires)/.test(member),
    );
    const peers = named.flatMap((member) => listAt(rule, member).flatMap((value) => peersOf(member, value)));
    const hasPorts = listAt(rule, 'toPorts').length > 0;
    const allowsNobody = named.length > 0 && peers.length === 0;
    // An empty rule only limits; one with ICMP messages alone opens no port.
    return allowsNobody || (named.length === 0 && !hasPorts) || (!hasPorts && at(rule, 'icmps') !== undefined)
      ? []
      : [{ place, rule: { [prefix]: peers, ports: listAt(rule, 'toPorts').flatMap(portsOf) } }];
  });
}

const EVERY_POD = { namespaceSelector: {}, podSelector: {} };
const WORLD = { 'world-ipv4': '0.0.0.0/0', 'world-ipv6': '::/0' } as const;
const block = (cidr: unknown): Fields => ({ ipBlock: { cidr } });

/** One entry of a list of peers, in the words of a NetworkPolicy. */
function peersOf(member: string, value: unknown): Fields[] {
  switch (member.replace(/^(to|from)/, '')) {
    case 'Endpoints':
      return [peerOf(value)];
    case 'CIDR':
      return [block(value)];
    case 'CIDRSet':
      return at(value, 'cidr') === undefined
        ? [{ other: 'a CiliumCIDRGroup' }]
        : [
            {
              ipBlock: {
                cidr: at(value, 'cidr'),
                ...(at(value, 'except') === undefined ? {} : { except: at(value, 'except') }),
              },
            },
          ];
    case 'FQDNs':
      return [{ host: textAt(value, 'matchName') ?? textAt(value, 'matchPattern') ?? '*' }];
    case 'Entities':
      return ofEntity(value);
    default:
      return [{ other: `what ${member} names` }];
  }
}

function ofEntity(entity: unknown): Fields[] {
  switch (entity) {
    case 'all':
      return [EVERY_POD, ...ofEntity('world')];
    case 'cluster':
      return [EVERY_POD];
    case 'world':
      return Object.values(WORLD).map(block);
    case 'world-ipv4':
    case 'world-ipv6':
      return [block(WORLD[entity])];
    default:
      return [{ other: `the entity ${JSON.stringify(entity)}` }];
  }
}

/** A selector of Cilium, which has the labels of pod and namespace in one. */
function peerOf(selector: unknown): Fields {
  const labels = Object.entries(fieldsAt(selector, 'matchLabels')).map(([key, value]) => ({ ...keyOf(key), value }));
  const expressions = listAt(selector, 'matchExpressions').map((expression) => {
    const { key, ofNamespace } = keyOf(textAt(expression, 'key') ?? '');
    return { ofNamespace, expression: { ...(isFields(expression) ? expression : {}), key } };
  });
  const side = (ofNamespace: boolean): Fields => {
    const matchLabels = labels
      .filter((label) => label.ofNamespace === ofNamespace)
      .map(({ key, value }) => [key, value]);
    const matchExpressions = expressions
      .filter((found) => found.ofNamespace === ofNamespace)
      .map(({ expression }) => expression)
      // Every pod is in a namespace.
      .filter(({ key, ...rest }) => key !== NAMESPACE_NAME || textAt(rest, 'operator') !== 'Exists');
    return {
      ...(matchLabels.length === 0 ? {} : { matchLabels: Object.fromEntries(matchLabels) as Fields }),
      ...(matchExpressions.length === 0 ? {} : { matchExpressions }),
    };
  };
  const namesNamespace = [...labels, ...expressions].some(({ ofNamespace }) => ofNamespace);
  return { ...(namesNamespace ? { namespaceSelector: side(true) } : {}), podSelector: side(false) };
}

/** The label that a key of Cilium means, and whether it is one of the namespace. */
function keyOf(prefixed: string): { readonly key: string; readonly ofNamespace: boolean } {
  const prefix = [K8S_LABEL, ANY_LABEL].find((source) => prefixed.startsWith(source)) ?? '';
  const key = prefixed.slice(prefix.length);
  if (key === POD_NAMESPACE) {
    return { key: NAMESPACE_NAME, ofNamespace: true };
  }
  const ofNamespace = key.startsWith(NAMESPACE_LABEL);
  return { key: ofNamespace ? key.slice(NAMESPACE_LABEL.length) : key, ofNamespace };
}

/** The ports of one entry of `toPorts`; 0 is every port, and a port without a protocol is one of each. */
function portsOf(entry: unknown): Fields[] {
  const ports = listAt(entry, 'ports');
  return (ports.length === 0 ? [{}] : ports).flatMap((port) => {
    const text = textAt(port, 'port') ?? '0';
    const number = /^[0-9]+$/.test(text) ? Number(text) : text;
    const protocol = textAt(port, 'protocol') ?? 'ANY';
    return (protocol === 'ANY' ? ['TCP', 'UDP', 'SCTP'] : [protocol]).map((one) => ({
      ...(number === 0 ? {} : { port: number }),
      ...(at(port, 'endPort') === undefined ? {} : { endPort: at(port, 'endPort') }),
      protocol: one,
    }));
  });
}
