import { Route, type RouteSpec, type RouteSpecTls } from '../../../../imports/route.openshift.io-route';
import { addObject } from '../../../common/api-object';
import { invalid, together } from '../../../common/invalid';
import { requireObjectName } from '../../../common/names';
import type { Construct } from 'constructs';
import type { IngressSpec } from '../../spec';
import { certificateSecret } from './certificate-access';
import { prefixed } from '../prefixed';
import { NAME, PREFIX } from './product';
import { routeRateAnnotations } from './rate';

/** A Route refuses to set these (Strict-Transport-Security is refused for every controller). */
const REFUSED_HEADERS = ['proxy', 'cookie', 'set-cookie'];

/** The Route of one path. */
export function addRoute(scope: Construct, spec: IngressSpec, path: string, notes: Record<string, string>): void {
  const suffix = path.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  const parts = together({
    name: () => requireObjectName('name of the Route', `${spec.name}${suffix}`.replace(/-+$/, '')),
    annotations: () => routeAnnotations(spec),
    tls: () => termination(spec),
    headers: () => responseHeaders(spec),
  });
  addObject(scope, `Route${suffix}`, Route, {
    metadata: { name: parts.name, labels: spec.labels, annotations: { ...notes, ...parts.annotations } },
    spec: {
      host: spec.host,
      path,
      // Weight and wildcardPolicy are what the API server would add, so that a server-side diff finds nothing to report.
      to: { kind: 'Service', name: spec.service.name, weight: 100 },
      wildcardPolicy: 'None',
      port: { targetPort: spec.service.portName },
      tls: {
        insecureEdgeTerminationPolicy: 'Redirect',
        ...parts.tls,
        externalCertificate: { name: certificateSecret(spec) },
      },
      ...parts.headers,
    },
  });
}

function termination({ service }: IngressSpec): Pick<RouteSpecTls, 'termination' | 'destinationCACertificate'> {
  if (service.tls === undefined) {
    return { termination: 'edge' };
  }
  const { caCertificate, certificateSecretName } = service.tls;
  if (caCertificate === undefined) {
    throw invalid({
      what: 'InternalTls caCertificate',
      value: certificateSecretName,
      because: `${NAME} reads no Secret for it, and without one the router trusts the authority of the cluster's own services alone`,
      instead: 'write the certificate of the authority in PEM as caCertificate of the InternalTls',
    });
  }
  return { termination: 'reencrypt', destinationCACertificate: caCertificate };
}

function routeAnnotations(spec: IngressSpec): Record<string, string> {
  return prefixed(PREFIX, {
    timeout: `${spec.timeoutSeconds}s`,
    hsts_header: `max-age=${spec.hstsMaxAgeSeconds}`,
    ...routeRateAnnotations(NAME, spec.rateLimit),
    ...(spec.sourceRanges.length === 0 ? {} : { ip_allowlist: spec.sourceRanges.join(' ') }),
  });
}

function responseHeaders(spec: IngressSpec): Pick<RouteSpec, 'httpHeaders'> {
  const headers = Object.entries(spec.responseHeaders);
  requireSettableHeaders(headers.map(([name]) => name));
  if (headers.length === 0) {
    return {};
  }
  const response = headers.map(([name, value]) => ({
    name,
    // A value is a format string of HAProxy, where "%%" is a percent sign.
    action: { type: 'Set' as const, set: { value: value.replaceAll('%', '%%') } },
  }));
  return { httpHeaders: { actions: { response } } };
}

function requireSettableHeaders(names: readonly string[]): void {
  const refused = names.filter((name) => REFUSED_HEADERS.includes(name.toLowerCase()));
  if (refused.length > 0) {
    throw invalid(
      ...refused.map((name) => ({
        what: 'SecureIngress responseHeaders',
        value: name,
        because: `${NAME} refuses to set ${REFUSED_HEADERS.join(', ')}`,
        instead: 'leave it out, or choose another controller',
      })),
    );
  }
}
