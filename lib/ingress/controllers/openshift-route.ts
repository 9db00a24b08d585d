import { type INetworkPolicyPeer, k8s, LabelExpression, Namespaces } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import {
  Route,
  type RouteSpec,
  RouteSpecHttpHeadersActionsResponseActionType,
  RouteSpecTlsInsecureEdgeTerminationPolicy,
  RouteSpecTlsTermination,
  RouteSpecToKind,
  RouteSpecWildcardPolicy,
} from '../../../imports/route.openshift.io-route';
import { SYNC_WAVE_FIRST } from '../../common/annotations';
import { addObject } from '../../common/api-object';
import { invalid } from '../../common/invalid';
import { requireObjectName } from '../../common/names';
import { type PropTable, requireProps } from '../../common/props';
import { CERTIFICATES_IN_SECRETS, type ControllerProfile, podPeers, requireVersion } from '../controller-profile';
import type { CapabilityTable } from '../features';
import type { IngressSpec } from '../spec';
import { OPENSHIFT_ROUTE_CAPABILITIES } from './openshift-route-capabilities';
import { routeRateAnnotations } from './openshift-route-rate';

const NAME = 'OpenShift Route';
/** `externalCertificate` is on by default from 4.19. */
const MINIMUM_VERSION = '4.19';
const WRITTEN_FOR = '4.22';
const PREFIX = 'haproxy.router.openshift.io';
/** The router reads certificates with this account, whichever IngressController it belongs to. */
const ROUTER_ACCOUNT = { name: 'router', namespace: 'openshift-ingress' };
/** A Route refuses to set these (Strict-Transport-Security is refused for every controller). */
const REFUSED_HEADERS = ['proxy', 'cookie', 'set-cookie'];

/** Options of `IngressController.openShiftRoute`. */
export interface OpenShiftRouteOptions {
  /**
   * The version of OpenShift, as "major.minor". A feature that this version lacks is refused.
   * @default - the version that the rendering was written for
   */
  readonly version?: string;
  /**
   * Name of the IngressController whose router pods may connect, for the network policy.
   * @default 'default'
   */
  readonly ingressController?: string;
  /**
   * Whether the router runs on the host network (endpoint publishing strategy HostNetwork). Its packets then come from the
   * nodes, so the network policy has to admit everything that runs on the host network of a node.
   * @default false
   */
  readonly hostNetwork?: boolean;
}

export const OPENSHIFT_ROUTE_OPTIONS: PropTable<OpenShiftRouteOptions> = {
  version: 'optional',
  ingressController: 'optional',
  hostNetwork: 'optional',
};

/** Routes of OpenShift, for its HAProxy router: one Route for each path. */
export class OpenShiftRoute implements ControllerProfile {
  public static readonly CAPABILITIES: CapabilityTable = OPENSHIFT_ROUTE_CAPABILITIES;

  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities = OpenShiftRoute.CAPABILITIES;
  public readonly certificates = CERTIFICATES_IN_SECRETS;
  public readonly certificateFirst = true;
  private readonly ingressController: string;

  public constructor(private readonly options: OpenShiftRouteOptions) {
    requireProps('IngressController.openShiftRoute', options, OPENSHIFT_ROUTE_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.ingressController = requireObjectName(
      'IngressController.openShiftRoute ingressController',
      options.ingressController ?? 'default',
    );
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    if (this.options.hostNetwork === true) {
      return ['host-network', 'ingress'].map((group) =>
        Namespaces.select(scope, `PolicyGroup-${group}`, {
          // As labels with an empty value cdk8s-plus would drop it, and select every namespace.
          expressions: [LabelExpression.exists(`policy-group.network.openshift.io/${group}`)],
        }),
      );
    }
    return podPeers(
      scope,
      {},
      {
        namespace: ROUTER_ACCOUNT.namespace,
        labels: { 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': this.ingressController },
      },
    );
  }

  public render(scope: Construct, spec: IngressSpec): void {
    requireNothingInternalBelow(spec);
    for (const { path } of spec.paths) {
      addRoute(scope, spec, path);
    }
    addCertificateAccess(scope, spec);
  }
}

function addRoute(scope: Construct, spec: IngressSpec, path: string): void {
  const suffix = path.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  addObject(scope, `Route${suffix}`, Route, {
    metadata: {
      name: requireObjectName('name of the Route', `${spec.name}${suffix}`.replace(/-+$/, '')),
      labels: spec.labels,
      annotations: { ...spec.annotations, ...routeAnnotations(spec) },
    },
    spec: {
      host: spec.host,
      path,
      // Weight and wildcardPolicy are what the API server would add, so that a server-side diff finds nothing to report.
      to: { kind: RouteSpecToKind.SERVICE, name: spec.service.name, weight: 100 },
      wildcardPolicy: RouteSpecWildcardPolicy.NONE,
      port: { targetPort: spec.service.portName },
      tls: {
        termination: RouteSpecTlsTermination.EDGE,
        insecureEdgeTerminationPolicy: RouteSpecTlsInsecureEdgeTerminationPolicy.REDIRECT,
        externalCertificate: { name: certificateSecret(spec) },
      },
      ...responseHeaders(spec),
    },
  });
}

function routeAnnotations(spec: IngressSpec): Record<string, string> {
  const annotations = {
    timeout: `${spec.timeoutSeconds}s`,
    hsts_header: `max-age=${spec.hstsMaxAgeSeconds}`,
    ...routeRateAnnotations(NAME, spec.rateLimit),
    ...(spec.sourceRanges.length === 0 ? {} : { ip_allowlist: spec.sourceRanges.join(' ') }),
  };
  return Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${PREFIX}/${name}`, value]));
}

function responseHeaders(spec: IngressSpec): Pick<RouteSpec, 'httpHeaders'> {
  const headers = Object.entries(spec.responseHeaders);
  if (headers.length === 0) {
    return {};
  }
  const response = headers.map(([name, value]) => ({
    name: requireSettableHeader(name),
    // A value is a format string of HAProxy, where "%%" is a percent sign.
    action: { type: RouteSpecHttpHeadersActionsResponseActionType.SET, set: { value: value.replaceAll('%', '%%') } },
  }));
  return { httpHeaders: { actions: { response } } };
}

function requireSettableHeader(name: string): string {
  if (REFUSED_HEADERS.includes(name.toLowerCase())) {
    throw invalid({
      what: 'SecureIngress responseHeaders',
      value: name,
      because: `${NAME} refuses to set ${REFUSED_HEADERS.join(', ')}`,
      instead: 'leave it out, or choose another controller',
    });
  }
  return name;
}

function certificateSecret({ tls }: IngressSpec): string {
  // The profile lists the certificates that it takes, so there is no other kind.
  return tls.certificate.kind === 'secret' ? tls.certificate.secretName : '';
}

/**
 * Lets the router read the one Secret: a Route is refused while the account of the router may not get, list and watch its
 * certificate, so this comes first.
 */
function addCertificateAccess(scope: Construct, spec: IngressSpec): void {
  const metadata = {
    name: `${spec.name}-router-certificate`,
    labels: spec.labels,
    annotations: SYNC_WAVE_FIRST,
  };
  addObject(scope, 'CertificateRole', k8s.KubeRole, {
    metadata,
    rules: [
      {
        apiGroups: [''],
        resources: ['secrets'],
        resourceNames: [certificateSecret(spec)],
        verbs: ['get', 'list', 'watch'],
      },
    ],
  });
  addObject(scope, 'CertificateRoleBinding', k8s.KubeRoleBinding, {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', ...ROUTER_ACCOUNT }],
  });
}

/** A Route serves what is below its path too, so no internal path may be there. */
function requireNothingInternalBelow(spec: IngressSpec): void {
  for (const { path } of spec.paths) {
    const below = spec.internalPaths.find((internal) => internal.startsWith(`${path.toLowerCase()}/`));
    if (below !== undefined) {
      throw invalid({
        what: 'SecureIngress paths',
        value: path,
        because: `${NAME} would also serve what is below it, and so ${below}, which is for operators inside the cluster`,
        instead: 'list the whole paths that clients use, for example "/v1/embeddings"',
      });
    }
  }
}
