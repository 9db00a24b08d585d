import { allowancesOf, showPeer, showPort, showPorts } from '../../manifests/allowances';
import { clustersOf, type PlaceOf } from '../../manifests/clusters';
import { at, fieldsAt, listAt, numberAt, textAt } from '../../manifests/fields';
import { backendsOf, isFrontDoor } from '../../manifests/front-doors';
import { groupBy } from '../../manifests/grouping';
import { type Manifest, nameOf, namespaceOf, showObject } from '../../manifests/manifest';
import { Manifests } from '../../manifests/manifests';
import { imageNameOf, portsOfNim, servingNims } from '../../manifests/nim';
import { type Pod, portNumber } from '../../manifests/pods';
import { replicasOf } from '../../manifests/scaling';
import { podsOfService } from '../../manifests/selecting';
import { doorPart } from './doors';
import { type Graph, type GraphPart, joined } from './graph';
import { egressPart, secretsPart } from './needs';

/** The surroundings of the pods of every workload. */
export function graphsOf(objects: readonly Manifest[], placeOf: PlaceOf): Graph[] {
  return clustersOf(objects, placeOf).flatMap((cluster) => {
    const manifests = new Manifests(cluster);
    // First what serves, then what runs to an end.
    return [true, false].flatMap((serving) =>
      manifests
        .pods()
        .filter((pod) => pod.serving === serving)
        .map((pod) => graphOf(pod, manifests)),
    );
  });
}

function graphOf(pod: Pod, manifests: Manifests): Graph {
  const id = showObject(pod.owner);
  const services = manifests.all('/Service').filter((service) => podsOfService(service, manifests).includes(pod));
  const doors = manifests.objects.filter((object) => isFrontDoor(object, manifests));
  return {
    title: id,
    ...joined([
      ...services.map((service) => servicePart(service, pod, id, doors, manifests)),
      callersPart(pod, id, services, manifests),
      podsPart(pod, id, manifests),
      egressPart(pod, id, manifests),
      secretsPart(pod, id, manifests),
    ]),
  };
}

/** A Service with the front doors that lead to it. */
function servicePart(
  service: Manifest,
  pod: Pod,
  id: string,
  doors: readonly Manifest[],
  manifests: Manifests,
): GraphPart {
  const own = showObject(service);
  const ports = listAt(service, 'spec', 'ports');
  const leading = doors.flatMap((door) => {
    const backends = backendsOf(door, manifests).filter(
      ({ namespace, name }) => namespace === namespaceOf(service) && name === nameOf(service),
    );
    return backends.length === 0 ? [] : [door];
  });
  return joined([
    ...leading.map((door) => {
      const part = doorPart(door, showObject(door), manifests);
      return { nodes: part.nodes, edges: [...part.edges, { from: showObject(door), to: own, label: '' }] };
    }),
    {
      nodes: [
        {
          id: own,
          kind: 'service',
          title: `Service ${nameOf(service)}`,
          lines: [
            textAt(service, 'spec', 'type') ?? 'ClusterIP',
            ...ports.map((port) => `${textAt(port, 'name') ?? ''} ${showPort(port)}`.trim()),
          ],
        },
      ],
      edges: [
        {
          from: own,
          to: id,
          label: ports.map((port) => showPort({ ...fieldsAt(port), port: targetOf(port, pod) })).join(', '),
        },
      ],
    },
  ]);
}

/** The number of the port of the pods behind a port of a Service. */
function targetOf(port: unknown, pod: Pod): unknown {
  const target = at(port, 'targetPort') ?? at(port, 'port');
  return portNumber(pod.containers, target) ?? target;
}

/** The pods and addresses that network policies let connect, and everybody else. */
function callersPart(pod: Pod, id: string, services: readonly Manifest[], manifests: Manifests): GraphPart {
  const [service] = services;
  const to = service === undefined ? id : showObject(service);
  const allowed = allowancesOf(pod, 'Ingress', manifests);
  if (allowed === undefined) {
    return {
      nodes: [
        {
          id: `${id} everybody`,
          kind: 'caller',
          title: 'every pod',
          lines: ['no network policy limits it', 'every port'],
        },
      ],
      edges: [{ from: `${id} everybody`, to: id, label: '' }],
    };
  }
  const peers = groupBy(allowed, ({ peer }) => JSON.stringify(peer ?? null));
  return {
    nodes: [
      ...[...peers].map(([key, same]) => ({
        id: `${id} ${key}`,
        kind: 'caller' as const,
        title: callerOf(same[0]?.peer),
        lines: [same[0]?.peer === undefined ? 'everybody' : showPeer(same[0].peer), showPorts(same)],
      })),
      {
        id: `${id} closed`,
        kind: 'closed',
        title: peers.size === 0 ? 'everybody' : 'everybody else',
        lines: ['closed by the network policy'],
      },
    ],
    edges: [
      ...[...peers.keys()].map((key) => ({ from: `${id} ${key}`, to, label: '' })),
      { from: `${id} closed`, to, label: '', isClosed: true },
    ],
  };
}

/** What a peer is called: by the name of its application, or of its namespace. */
function callerOf(peer: unknown): string {
  return (
    textAt(peer, 'podSelector', 'matchLabels', 'app.kubernetes.io/name') ??
    textAt(peer, 'namespaceSelector', 'matchLabels', 'kubernetes.io/metadata.name') ??
    textAt(peer, 'other') ??
    (at(peer, 'ipBlock') === undefined ? 'pods' : 'addresses')
  );
}

function podsPart(pod: Pod, id: string, manifests: Manifests): GraphPart {
  const { owner } = pod;
  const nims = servingNims(pod);
  const names = (nims.length > 0 ? nims : pod.containers.filter(({ list }) => list === 'containers')).map(imageNameOf);
  const replicas = replicasOf(owner, manifests);
  const closed = closedPorts(pod, manifests);
  return {
    nodes: [
      {
        id,
        kind: 'pods',
        title: `${owner.kind} ${nameOf(owner)}`,
        lines: [
          ...names,
          ...(replicas === undefined ? [] : [replicas === 1 ? '1 pod' : `${replicas} pods`]),
          `namespace ${pod.namespace === '' ? 'of the Application' : pod.namespace}`,
          ...(closed.length === 0 ? [] : [`closed ports: ${closed.join(', ')}`]),
        ],
      },
    ],
    edges: [],
  };
}

/** The ports that the containers listen on and that no network policy opens. */
function closedPorts(pod: Pod, manifests: Manifests): number[] {
  const allowed = allowancesOf(pod, 'Ingress', manifests);
  if (allowed === undefined || allowed.some(({ port }) => at(port, 'port') === undefined)) {
    return [];
  }
  const isOpen = (number: number): boolean =>
    allowed.some(({ port }) => {
      const first = portNumber(pod.containers, at(port, 'port')) ?? 0;
      return number >= first && number <= (numberAt(port, 'endPort') ?? first);
    });
  const listening = portsOfNim(pod).map((port) => portNumber(pod.containers, port));
  return [...new Set(listening)]
    .filter((port): port is number => port !== undefined && !isOpen(port))
    .sort((one, other) => one - other);
}
