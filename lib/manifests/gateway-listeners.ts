import { HTTP_ROUTE } from '../ingress/door-kinds';
import { at, listAt, textAt } from './fields';
import { isFrontDoor } from './front-doors';
import { type Manifest, namespaceOf } from './manifest';
import type { Manifests } from './manifests';
import { remembered } from './remembered';

/** What a listener for plain HTTP is called by convention. */
const PLAIN_NAME = 'http';
const PLAIN_PORT = 80;

/** Whether a parent of an HTTPRoute is a listener for HTTPS, one for plain HTTP, or every listener, also plain HTTP. */
export enum Listening {
  HTTPS,
  PLAIN_HTTP,
  EVERYWHERE,
}

/** What tells of a parent of an HTTPRoute: the Gateway itself, a redirect on the same listener, or its name and port. */
export function listeningOf(route: Manifest, parent: unknown, manifests: Manifests): Listening {
  const section = textAt(parent, 'sectionName');
  const port = at(parent, 'port');
  const protocols = protocolsOf(route, parent, manifests);
  if (protocols.length > 0) {
    if (!protocols.includes('HTTP')) {
      return Listening.HTTPS;
    }
    return section === undefined && port === undefined ? Listening.EVERYWHERE : Listening.PLAIN_HTTP;
  }
  if (section === undefined && port === undefined) {
    return Listening.EVERYWHERE;
  }
  const isPlain =
    section === PLAIN_NAME || port === PLAIN_PORT || redirectingListeners(manifests).has(listenerKey(route, parent));
  return isPlain ? Listening.PLAIN_HTTP : Listening.HTTPS;
}

/** The protocols of the listeners that a parent stands for, when its Gateway is among the manifests. */
function protocolsOf(route: Manifest, parent: unknown, manifests: Manifests): unknown[] {
  const gateway =
    (textAt(parent, 'kind') ?? 'Gateway') === 'Gateway'
      ? manifests.find(
          'gateway.networking.k8s.io/Gateway',
          textAt(parent, 'namespace') ?? namespaceOf(route),
          textAt(parent, 'name') ?? '',
        )
      : undefined;
  return listAt(gateway, 'spec', 'listeners')
    .filter((listener) =>
      [
        ['sectionName', 'name'],
        ['port', 'port'],
      ].every(([asked = '', has = '']) => [undefined, at(listener, has)].includes(at(parent, asked))),
    )
    .map((listener) => at(listener, 'protocol'));
}

/** The listeners on which a route does nothing but send clients on to HTTPS: they are for plain HTTP. */
const redirectingListeners = remembered(
  (manifests: Manifests): ReadonlySet<string> =>
    new Set(
      manifests
        .all(HTTP_ROUTE)
        .filter((route) => !isFrontDoor(route, manifests) && sendsToHttps(route))
        .flatMap((route) =>
          listAt(route, 'spec', 'parentRefs')
            .filter((parent) => at(parent, 'sectionName') !== undefined)
            .map((parent) => listenerKey(route, parent)),
        ),
    ),
);

function sendsToHttps(route: Manifest): boolean {
  return listAt(route, 'spec', 'rules').some((rule) =>
    listAt(rule, 'filters').some((filter) => textAt(filter, 'requestRedirect', 'scheme') === 'https'),
  );
}

function listenerKey(route: Manifest, parent: unknown): string {
  const namespace = textAt(parent, 'namespace') ?? namespaceOf(route);
  return [textAt(parent, 'kind') ?? 'Gateway', namespace, textAt(parent, 'name'), textAt(parent, 'sectionName')].join(
    ' ',
  );
}
