import { allowancesOf, showPeer, showPorts } from '../../manifests/allowances';
import { at, fieldsAt, listAt, textAt } from '../../manifests/fields';
import { groupBy } from '../../manifests/grouping';
import { type Manifest, nameOf } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { envOf, type Pod } from '../../manifests/pods';
import { makersOfSecret } from '../../manifests/secrets';
import type { GraphNode, GraphPart } from './graph';

/** Where the pods connect to: one box for all that is reached at the same ports. */
export function egressPart(pod: Pod, id: string, manifests: Manifests): GraphPart {
  const allowed = allowancesOf(pod, 'Egress', manifests);
  if (allowed === undefined) {
    const node = box(`${id} everywhere`, 'everywhere', ['no network policy limits it', 'every port']);
    return { nodes: [node], edges: [{ from: id, to: node.id, label: '' }] };
  }
  const byPeer = groupBy(allowed, ({ peer }) => JSON.stringify(peer ?? null));
  const byPorts = groupBy([...byPeer.values()], showPorts);
  const open = [...byPorts].map(([ports, groups]) =>
    box(`${id} egress ${ports}`, titleOf(ports), [...groups.map(([allowance]) => shortPeer(allowance?.peer)), ports]),
  );
  const closed = box(`${id} closed out`, allowed.length === 0 ? 'anywhere' : 'anywhere else', [
    'closed by the network policy',
  ]);
  return {
    nodes: [...open, { ...closed, kind: 'closedOut' }],
    edges: [
      ...open.map((node) => ({ from: id, to: node.id, label: '' })),
      { from: id, to: closed.id, label: '', isClosed: true },
    ],
  };
}

function box(id: string, title: string, lines: readonly string[]): GraphNode {
  return { id, kind: 'egress', title, lines };
}

function titleOf(ports: string): string {
  if (/^(TCP 53, )?UDP 53$|^TCP 53$/.test(ports)) return 'DNS';
  return ports === 'TCP 443' ? 'HTTPS' : 'other servers';
}

/** A block that leaves much out says how much: the picture is no place for all of it. */
function shortPeer(peer: unknown): string {
  if (peer === undefined) {
    return 'everywhere';
  }
  const except = listAt(peer, 'ipBlock', 'except');
  return except.length > 2
    ? `${textAt(peer, 'ipBlock', 'cidr') ?? ''} without ${except.length} ranges`
    : showPeer(peer);
}

/** The Secrets that the pods read, and where those come from. */
export function secretsPart(pod: Pod, id: string, manifests: Manifests): GraphPart {
  const uses = groupBy(secretUses(pod), ({ name }) => name);
  const nodes = [...uses].map(([name, same]): GraphNode => {
    const makers = makersOfSecret(pod.namespace, name, manifests);
    return {
      id: `${id} secret ${name}`,
      kind: 'secret',
      title: `Secret ${name}`,
      lines: [
        ...(makers.length === 0 ? ['made outside of these manifests'] : makers.flatMap(sourceOf)),
        `for ${[...new Set(same.map(({ how }) => how))].join(', ')}`,
      ],
    };
  });
  return { nodes, edges: nodes.map((node) => ({ from: id, to: node.id, label: '' })) };
}

/** The store and the entries that an object takes a Secret from. */
function sourceOf(maker: Manifest): string[] {
  const store = at(maker, 'spec', 'secretStoreRef');
  const keys = listAt(maker, 'spec', 'data').map((entry) => textAt(entry, 'remoteRef', 'key') ?? '');
  return store === undefined
    ? [`${maker.kind} ${nameOf(maker)}`]
    : [`from ${textAt(store, 'kind') ?? 'SecretStore'} ${textAt(store, 'name') ?? ''}`, ...new Set(keys)];
}

function secretUses({ spec, containers }: Pod): { readonly name: string; readonly how: string }[] {
  const named = (value: unknown, how: string): { readonly name: string; readonly how: string }[] => {
    const name = textAt(value, 'name') ?? textAt(value, 'secretName');
    return name === undefined ? [] : [{ name, how }];
  };
  return [
    ...listAt(spec, 'imagePullSecrets').flatMap((secret) => named(secret, 'the image')),
    ...containers.flatMap((container) => [
      ...envOf(container).flatMap(({ fields }) => named(at(fields, 'valueFrom', 'secretKeyRef'), 'a variable')),
      ...listAt(container.fields, 'envFrom').flatMap((source) => named(at(source, 'secretRef'), 'variables')),
    ]),
    ...listAt(spec, 'volumes').flatMap((volume) => [
      ...named(fieldsAt(volume, 'secret'), 'a volume'),
      ...listAt(volume, 'projected', 'sources').flatMap((source) => named(at(source, 'secret'), 'a volume')),
    ]),
  ];
}
