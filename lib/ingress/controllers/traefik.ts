import { type INetworkPolicyPeer, k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Middleware } from '../../../imports/traefik.io-middleware';
import {
  ServersTransport,
  ServersTransportSpecForwardingTimeoutsDialTimeout,
  ServersTransportSpecForwardingTimeoutsResponseHeaderTimeout,
} from '../../../imports/traefik.io-serverstransport';
import { TlsOption, TlsOptionSpecClientAuthClientAuthType } from '../../../imports/traefik.io-tlsoption';
import { addObject } from '../../common/api-object';
import { invalid } from '../../common/invalid';
import { requireObjectName } from '../../common/names';
import { requireProps } from '../../common/props';
import {
  CERTIFICATES_IN_SECRETS,
  type ControllerProfile,
  ingressClass,
  podPeers,
  requireVersion,
} from '../controller-profile';
import type { CapabilityTable } from '../features';
import type { IngressSpec } from '../spec';
import { TlsVersion } from '../tls';
import { addStandardIngress, exactRule } from './standard-ingress';
import { TRAEFIK_CAPABILITIES, TRAEFIK_CAPABILITIES_WITH_REDIS } from './traefik-capabilities';
import { middlewareSpecs } from './traefik-middlewares';
import {
  TRAEFIK_OPTIONS,
  TRAEFIK_REDIS_OPTIONS,
  type TraefikOptions,
  type TraefikRedisOptions,
} from './traefik-options';

const NAME = 'Traefik';
const MINIMUM_VERSION = '3.7.0';
const WRITTEN_FOR = '3.7.9';
const PREFIX = 'traefik.ingress.kubernetes.io';
const SERVERS_TRANSPORT = `${PREFIX}/service.serverstransport`;
/** The entry points of Traefik's Helm chart, and of the distributions that install it. */
const HTTPS_ENTRY_POINT = 'websecure';
const HTTP_ENTRY_POINT = 'web';

/** Traefik (open source), by an Ingress with router annotations and by Middleware, TLSOption and ServersTransport objects. */
export class Traefik implements ControllerProfile {
  public static readonly CAPABILITIES: CapabilityTable = TRAEFIK_CAPABILITIES;

  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities: CapabilityTable;
  public readonly certificates = CERTIFICATES_IN_SECRETS;
  private readonly ingressClassName: string;
  private readonly redis: TraefikRedisOptions | undefined;

  public constructor(private readonly options: TraefikOptions) {
    requireProps('IngressController.traefik', options, TRAEFIK_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.ingressClassName = ingressClass(options, 'traefik');
    this.redis =
      options.redis === undefined
        ? undefined
        : requireRedis(requireProps('IngressController.traefik redis', options.redis, TRAEFIK_REDIS_OPTIONS));
    this.capabilities = this.redis === undefined ? TRAEFIK_CAPABILITIES : TRAEFIK_CAPABILITIES_WITH_REDIS;
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return podPeers(scope, this.options, {
      namespace: 'traefik',
      // Of the Helm chart, and so of k3s and RKE2, which install it in kube-system.
      labels: { 'app.kubernetes.io/name': 'traefik' },
    });
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const middlewares = middlewareSpecs(spec, this.redis).map(([suffix, middleware]) => {
      const name = `${spec.name}-${suffix}`;
      addObject(scope, suffix, Middleware, { metadata: { name, labels: spec.labels }, spec: middleware });
      return reference(spec, name);
    });
    addServersTransport(scope, spec);
    addStandardIngress(scope, spec, this.ingressClassName, {
      [`${PREFIX}/router.entrypoints`]: HTTPS_ENTRY_POINT,
      [`${PREFIX}/router.middlewares`]: middlewares.join(','),
      [`${PREFIX}/router.tls.options`]: addTlsOption(scope, spec),
    });
    addRedirect(scope, spec, this.ingressClassName);
  }
}

/** How an Ingress or a Service names an object of Traefik's own kinds. */
function reference({ namespace }: IngressSpec, name: string): string {
  return `${namespace}-${name}@kubernetescrd`;
}

function addTlsOption(scope: Construct, spec: IngressSpec): string {
  const { authentication } = spec;
  // Never just "default": that name is the one of the whole cluster.
  const name = `${spec.name}-tls`;
  addObject(scope, 'tls', TlsOption, {
    metadata: { name, labels: spec.labels },
    spec: {
      minVersion: spec.tls.minimumVersion === TlsVersion.TLS_1_3 ? 'VersionTLS13' : 'VersionTLS12',
      sniStrict: true,
      ...(authentication.kind === 'client-certificates'
        ? {
            clientAuth: {
              secretNames: [authentication.caSecretName],
              clientAuthType: TlsOptionSpecClientAuthClientAuthType.REQUIRE_AND_VERIFY_CLIENT_CERT,
            },
          }
        : {}),
    },
  });
  return reference(spec, name);
}

/** Timeouts towards the NIM. Traefik reads the name of the ServersTransport from the Service. */
function addServersTransport(scope: Construct, spec: IngressSpec): void {
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
        dialTimeout: ServersTransportSpecForwardingTimeoutsDialTimeout.fromString(`${spec.connectTimeoutSeconds}s`),
        responseHeaderTimeout: ServersTransportSpecForwardingTimeoutsResponseHeaderTimeout.fromString(
          `${spec.timeoutSeconds}s`,
        ),
      },
    },
  });
  metadata.addAnnotation(SERVERS_TRANSPORT, reference(spec, spec.name));
}

/** Plain HTTP, on the same paths: Traefik ties a router to its entry points, so this is a second Ingress. */
function addRedirect(scope: Construct, spec: IngressSpec, ingressClassName: string): void {
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
        [`${PREFIX}/router.middlewares`]: reference(spec, middleware),
      },
    },
    spec: { ingressClassName, rules: [exactRule(spec)] },
  });
}

function requireRedis(redis: TraefikRedisOptions): TraefikRedisOptions {
  const isEndpoint = (endpoint: string): boolean => /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?:[0-9]{1,5}$/.test(endpoint);
  if (redis.endpoints.length === 0 || !redis.endpoints.every(isEndpoint)) {
    throw invalid({
      what: 'IngressController.traefik redis endpoints',
      value: redis.endpoints,
      because: 'every endpoint is a host and a port',
      instead: 'write for example ["redis.ingress.svc.cluster.local:6379"]',
    });
  }
  for (const secret of [redis.secret, redis.caSecret]) {
    if (secret !== undefined) {
      requireObjectName('IngressController.traefik redis secret', secret.name);
    }
  }
  return redis;
}
