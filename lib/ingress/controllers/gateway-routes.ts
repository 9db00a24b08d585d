import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  HttpRoute,
  HttpRouteSpecRulesFiltersRequestRedirectScheme,
  HttpRouteSpecRulesFiltersRequestRedirectStatusCode,
  HttpRouteSpecRulesFiltersType,
  type HttpRouteSpecRulesMatches,
  HttpRouteSpecRulesMatchesMethod,
  HttpRouteSpecRulesMatchesPathType,
} from '../../../imports/gateway.networking.k8s.io-httproute';
import { addObject } from '../../common/api-object';
import { HttpMethod, type IngressPath } from '../paths';
import type { IngressSpec } from '../spec';

/** The API group of Gateways and HTTPRoutes. */
export const GATEWAY_API_GROUP = 'gateway.networking.k8s.io';

/** The listeners of a Gateway that the platform team owns. */
export interface GatewayListeners {
  readonly name: string;
  readonly namespace: string;
  readonly listener: string;
  readonly httpListener: string;
}

const METHODS: Record<HttpMethod, HttpRouteSpecRulesMatchesMethod> = {
  [HttpMethod.GET]: HttpRouteSpecRulesMatchesMethod.GET,
  [HttpMethod.POST]: HttpRouteSpecRulesMatchesMethod.POST,
};

/** The HTTPRoute that serves the listed paths on the HTTPS listener: the part of Gateway API that no project owns. */
export function addServingRoute(scope: Construct, spec: IngressSpec, gateway: GatewayListeners): ApiObject {
  const headers = { 'Strict-Transport-Security': `max-age=${spec.hstsMaxAgeSeconds}`, ...spec.responseHeaders };
  const timeout = `${spec.timeoutSeconds}s`;
  return addObject(scope, 'Default', HttpRoute, {
    metadata: { name: spec.name, labels: spec.labels, annotations: spec.annotations },
    spec: {
      parentRefs: [parent(gateway, gateway.listener)],
      hostnames: [spec.host],
      rules: [
        {
          matches: spec.paths.flatMap(matches),
          filters: [
            {
              type: HttpRouteSpecRulesFiltersType.RESPONSE_HEADER_MODIFIER,
              responseHeaderModifier: { set: Object.entries(headers).map(([name, value]) => ({ name, value })) },
            },
          ],
          // Envoy's own limit of 15 s would end long batches.
          timeouts: { request: timeout, backendRequest: timeout },
          backendRefs: [{ name: spec.service.name, port: spec.service.port }],
        },
      ],
    },
  });
}

/** The HTTPRoute that sends everything on the HTTP listener to HTTPS. */
export function addRedirectRoute(scope: Construct, spec: IngressSpec, gateway: GatewayListeners): ApiObject {
  return addObject(scope, 'Redirect', HttpRoute, {
    metadata: { name: `${spec.name}-redirect`, labels: spec.labels },
    spec: {
      parentRefs: [parent(gateway, gateway.httpListener)],
      hostnames: [spec.host],
      rules: [
        {
          filters: [
            {
              type: HttpRouteSpecRulesFiltersType.REQUEST_REDIRECT,
              requestRedirect: {
                scheme: HttpRouteSpecRulesFiltersRequestRedirectScheme.HTTPS,
                // 308 keeps the method, so that a redirected POST stays a POST; 301 and 302 may make it a GET.
                statusCode: HttpRouteSpecRulesFiltersRequestRedirectStatusCode.VALUE_308,
              },
            },
          ],
        },
      ],
    },
  });
}

function parent(
  gateway: GatewayListeners,
  sectionName: string,
): { readonly name: string; readonly namespace: string; readonly sectionName: string } {
  return { name: gateway.name, namespace: gateway.namespace, sectionName };
}

function matches({ path, methods }: IngressPath): HttpRouteSpecRulesMatches[] {
  const exact = { path: { type: HttpRouteSpecRulesMatchesPathType.EXACT, value: path } };
  return methods.length === 0 ? [exact] : methods.map((method) => ({ ...exact, method: METHODS[method] }));
}
