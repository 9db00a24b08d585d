import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  HTTPRoute,
  type HTTPRouteSpecRulesFilters,
  type HTTPRouteSpecParentRefs,
  type HTTPRouteSpecRulesMatches,
} from '../../../imports/gateway.networking.k8s.io-httproute';
import { addObject } from '../../common/api-object';
import { claimedIdentityHeaders } from '../identity-headers';
import type { IngressPath } from '../paths';
import type { IngressSpec } from '../spec';
import { serviceBackend } from './gateway-references';

/** The API group of Gateways and HTTPRoutes. */
export const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';

/** The listeners of a Gateway that the platform team owns. */
export interface GatewayListeners {
  readonly name: string;
  readonly namespace: string;
  readonly listener: string;
  readonly httpListener: string;
}

/** The fields beyond the core of Gateway API that the implementation reads; others are left out. */
export interface ExtendedFields {
  readonly hasMethods: boolean;
  readonly hasTimeouts: boolean;
}

/** The HTTPRoute that serves the listed paths on the HTTPS listener: the part of Gateway API that no project owns. */
export function addServingRoute(
  scope: Construct,
  spec: IngressSpec,
  gateway: GatewayListeners,
  { hasMethods, hasTimeouts }: ExtendedFields = { hasMethods: true, hasTimeouts: true },
): ApiObject {
  const headers = { 'Strict-Transport-Security': `max-age=${spec.hstsMaxAgeSeconds}`, ...spec.responseHeaders };
  const timeout = `${spec.timeoutSeconds}s`;
  return addObject(scope, 'Default', HTTPRoute, {
    metadata: { name: spec.name, labels: spec.labels, annotations: spec.annotations },
    spec: {
      parentRefs: [parent(gateway, gateway.listener)],
      hostnames: [spec.host],
      rules: [
        {
          matches: spec.paths.flatMap(hasMethods ? matches : exactly),
          filters: [
            ...withoutRequestHeaders(spec),
            {
              type: 'ResponseHeaderModifier',
              responseHeaderModifier: { set: Object.entries(headers).map(([name, value]) => ({ name, value })) },
            },
          ],
          // Envoy's own limit of 15 s would end long batches.
          ...(hasTimeouts ? { timeouts: { request: timeout, backendRequest: timeout } } : {}),
          backendRefs: [serviceBackend({ name: spec.service.name, port: spec.service.port })],
        },
      ],
    },
  });
}

/** The HTTPRoute that sends the listed paths on the HTTP listener to HTTPS, whatever the method. */
export function addRedirectRoute(
  scope: Construct,
  spec: IngressSpec,
  gateway: GatewayListeners,
  statusCode: 301 | 308 = 308,
): ApiObject {
  return addObject(scope, 'Redirect', HTTPRoute, {
    metadata: { name: `${spec.name}-redirect`, labels: spec.labels },
    spec: {
      parentRefs: [parent(gateway, gateway.httpListener)],
      hostnames: [spec.host],
      rules: [
        {
          // Without matches the API server would write the prefix "/".
          matches: spec.paths.map(exactly),
          filters: [
            {
              type: 'RequestRedirect',
              requestRedirect: {
                scheme: 'https',
                // 308 keeps the method, so that a redirected POST stays a POST; 301 and 302 may make it a GET.
                statusCode,
              },
            },
          ],
        },
      ],
    },
  });
}

/** Takes away what a client claims to be; what the authentication service sets comes earlier, and stays. */
function withoutRequestHeaders({ authentication }: IngressSpec): HTTPRouteSpecRulesFilters[] {
  const set = authentication.kind === 'external' ? authentication.responseHeaders : [];
  const kept = new Set(set.map((name) => name.toLowerCase()));
  const remove = claimedIdentityHeaders(authentication).filter((name) => !kept.has(name.toLowerCase()));
  return remove.length === 0 ? [] : [{ type: 'RequestHeaderModifier', requestHeaderModifier: { remove } }];
}

function parent({ name, namespace }: GatewayListeners, sectionName: string): HTTPRouteSpecParentRefs {
  return { group: GATEWAY_API_GROUP, kind: 'Gateway', name, namespace, sectionName };
}

function exactly({ path }: IngressPath): HTTPRouteSpecRulesMatches {
  return { path: { type: 'Exact', value: path } };
}

function matches(path: IngressPath): HTTPRouteSpecRulesMatches[] {
  const { methods } = path;
  return methods.length === 0 ? [exactly(path)] : methods.map((method) => ({ ...exactly(path), method: method }));
}
