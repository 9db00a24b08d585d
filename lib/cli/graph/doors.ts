import { AUTHENTICATION, type Decision, RATE_LIMIT, wordsOf } from '../../guardrails/ingress-decisions';
import { possibleReaders, speaks } from '../../manifests/controllers';
import { at, listAt, textAt } from '../../manifests/fields';
import { EVERY_HOST, hostsOf } from '../../manifests/front-doors';
import { Listening, listeningOf } from '../../manifests/gateway-listeners';
import { holdersOf } from '../../manifests/instructions';
import { groupKindOf, type Manifest } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { servedPaths } from '../../manifests/served-paths';
import { sourceRangesOf } from '../../manifests/source-ranges';
import type { GraphPart } from './graph';

/** A front door and who comes to it; the door has its name as id. */
export function doorPart(door: Manifest, id: string, manifests: Manifests): GraphPart {
  const hosts = hostsOf(door).map((host) => (host === EVERY_HOST ? 'every host' : host));
  const addresses = sourceRangesOf(door, manifests);
  const paths = servedPaths(door).map(({ type, value }) => `${value === '' ? '/' : value} (${type ?? 'prefix'})`);
  const tls = tlsOf(door, manifests);
  return {
    nodes: [
      {
        id: `${id} outside`,
        kind: 'outside',
        title: addresses.length === 0 ? 'internet' : 'addresses',
        lines: addresses.length === 0 ? ['every address'] : addresses,
      },
      {
        id,
        kind: 'door',
        title: `${door.kind} of ${controllersOf(door, manifests)}`,
        lines: [
          ...hosts,
          ...paths,
          'other paths: closed',
          `TLS: ${tls ?? 'none is in the manifests'}`,
          `limit: ${told(RATE_LIMIT, door, manifests)}`,
          `login: ${told(AUTHENTICATION, door, manifests)}`,
        ],
      },
    ],
    edges: [{ from: `${id} outside`, to: id, label: tls === undefined ? 'HTTP' : 'HTTPS' }],
  };
}

/** How a decision is told to the controller; what it is configured with itself is in no manifest. */
function told(decision: Decision, door: Manifest, manifests: Manifests): string {
  const words = wordsOf(decision, door, manifests);
  return words.length === 0 ? 'none is in the manifests' : words.join(', ');
}

function languagesOf(door: Manifest, manifests: Manifests): Manifests['languages'] {
  const readers = possibleReaders(door, manifests);
  const spoken = readers.filter((language) => speaks(door, language));
  return spoken.length === 0 ? readers : spoken;
}

function controllersOf(door: Manifest, manifests: Manifests): string {
  const languages = languagesOf(door, manifests);
  return languages.length > 2 ? 'a controller' : languages.map(({ name }) => name).join(' or ');
}

/** The certificate and the lowest version, as far as the manifests say it; `undefined` where they name no TLS. */
function tlsOf(door: Manifest, manifests: Manifests): string | undefined {
  const versions = languagesOf(door, manifests).flatMap((language) =>
    (language.minimumTls ?? []).flatMap(({ kind, path }) =>
      holdersOf(kind === groupKindOf(door) ? undefined : kind, language, door, manifests).map((holder) =>
        textAt(holder, ...path),
      ),
    ),
  );
  const parts = [certificateOf(door, manifests), ...versions].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : [...new Set(parts)].join(', ');
}

function certificateOf(door: Manifest, manifests: Manifests): string | undefined {
  const parents = listAt(door, 'spec', 'parentRefs');
  if (parents.length > 0) {
    const isHttps = parents.every((parent) => listeningOf(door, parent, manifests) === Listening.HTTPS);
    return isHttps ? 'of the Gateway' : undefined;
  }
  const secrets = listAt(door, 'spec', 'tls').map((entry) => textAt(entry, 'secretName') ?? "the controller's");
  const termination = textAt(door, 'spec', 'tls', 'termination');
  const secret = textAt(door, 'spec', 'tls', 'externalCertificate', 'name');
  if (at(door, 'spec', 'tls') === undefined) {
    return languagesOf(door, manifests).some(({ listenPorts }) => listenPorts !== undefined)
      ? 'of the load balancer'
      : undefined;
  }
  return [...secrets, termination, secret].filter((part) => part !== undefined).join(', ');
}
