import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Middleware } from '../../../../imports/traefik.io-middleware';
import { ServersTransport } from '../../../../imports/traefik.io-serverstransport';
import { TLSOption } from '../../../../imports/traefik.io-tlsoption';
import { addObject } from '../../../common/api-object';
import { invalid } from '../../../common/invalid';
import { authoritySecret } from '../../service-spec';
import type { IngressSpec } from '../../spec';
import { TlsVersion } from '../../tls';
import { exactRule } from '../standard-ingress';
import { NAME, PREFIX } from './product';

const SERVERS_TRANSPORT = `${PREFIX}/service.serverstransport`;
const SERVERS_SCHEME = `${PREFIX}/service.serversscheme`;

/** The entry points of Traefik's Helm chart, and of the distributions that install it. */
export const HTTPS_ENTRY_POINT = 'websecure';
const HTTP_ENTRY_POINT = 'web';

/** How an Ingress or a Service names an object of Traefik's own kinds. */
export function objectReference({ namespace }: IngressSpec, name: string): string {
  return `${namespace}-${name}@kubernetescrd`;
}

export function addTlsOption(scope: Construct, spec: IngressSpec): string {
  const { authentication } = spec;
  // Never just "default": that name belongs to the whole cluster.
  const name = `${spec.name}-tls`;
  addObject(scope, 'tls', TLSOption, {
    metadata: { name, labels: spec.labels },
    spec: {
      minVersion: spec.tls.minimumVersion === TlsVersion.TLS_1_3 ? 'VersionTLS13' : 'VersionTLS12',
      sniStrict: true,
      ...(authentication.kind === 'client-certificates'
        ? {
            clientAuth: {
              secretNames: [authentication.caSecretName],
              clientAuthType: 'RequireAndVerifyClientCert',
            },
          }
        : {}),
    },
  });
  return objectReference(spec, name);
}

/** Timeouts towards the NIM, and its certificate. Traefik reads the name of the ServersTransport from the Service. */
export function addServersTransport(scope: Construct, spec: IngressSpec): void {
  const { tls } = spec.service;
  const { metadata } = spec.service.object;
  const { annotations } = metadata.toJson() as { annotations?: Record<string, string> };
  if (annotations?.[SERVERS_TRANSPORT] !== undefined) {
    throw invalid({
      what: `SecureIngress service ${spec.service.name}`,
      value: spec.name,
      because: `the Service names the ServersTransport ${annotations[SERVERS_TRANSPORT]} already, and ${NAME} takes one`,
      instead: 'make a RestrictedService of its own for every SecureIngress',
    });
  }
  addObject(scope, 'servers-transport', ServersTransport, {
    metadata: { name: spec.name, labels: spec.labels },
    spec: {
      forwardingTimeouts: {
        dialTimeout: `${spec.connectTimeoutSeconds}s`,
        responseHeaderTimeout: `${spec.timeoutSeconds}s`,
      },
      ...(tls === undefined ? {} : { serverName: tls.serverName, rootCAs: [{ secret: authoritySecret(tls) }] }),
    },
  });
  metadata.addAnnotation(SERVERS_TRANSPORT, objectReference(spec, spec.name));
  if (tls !== undefined) {
    metadata.addAnnotation(SERVERS_SCHEME, 'https');
  }
}

/** Plain HTTP, on the same paths: Traefik ties a router to its entry points, so this is a second Ingress. */
export function addRedirect(scope: Construct, spec: IngressSpec, ingressClassName: string): void {
  const middleware = `${spec.name}-https-redirect`;
  addObject(scope, 'https-redirect', Middleware, {
    metadata: { name: middleware, labels: spec.labels },
    spec: { redirectScheme: { scheme: 'https', permanent: true } },
  });
  addObject(scope, 'Redirect', k8s.KubeIngress, {
    metadata: {
      name: `${spec.name}-redirect`,
      labels: spec.labels,
      annotations: {
        [`${PREFIX}/router.entrypoints`]: HTTP_ENTRY_POINT,
        [`${PREFIX}/router.middlewares`]: objectReference(spec, middleware),
      },
    },
    spec: { ingressClassName, rules: [exactRule(spec)] },
  });
}
