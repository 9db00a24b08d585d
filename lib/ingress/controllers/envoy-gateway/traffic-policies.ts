import { type ApiObject, Size } from 'cdk8s';
import type { Construct } from 'constructs';
import {
  BackendTrafficPolicy,
  type BackendTrafficPolicySpecRateLimit,
  type BackendTrafficPolicySpecRateLimitGlobalRulesClientSelectors,
} from '../../../../imports/gateway.envoyproxy.io-backendtrafficpolicy';
import {
  ClientTrafficPolicy,
  type ClientTrafficPolicySpec,
} from '../../../../imports/gateway.envoyproxy.io-clienttrafficpolicy';
import { addObject } from '../../../common/api-object';
import { sizeQuantity } from '../../../common/quantities';
import { rateUnit } from '../../rate-limit';
import type { IngressSpec } from '../../spec';
import { TlsVersion } from '../../tls';
import { secretReference } from '../gateway-references';
import { GATEWAY_API_GROUP, type GatewayListeners } from '../gateway-routes';

/** Takes the place of the key itself where requests are counted by API key, so that no key is stored with the counts. */
export const CLIENT_ID_HEADER = 'x-client-id';

/** A matcher of IPv4 addresses does not match IPv6 ones, so each family has a rule. */
const ALL_ADDRESSES = ['0.0.0.0/0', '::/0'];

const UNITS = { second: 'Second', minute: 'Minute' } as const;

const TLS_VERSIONS: Record<TlsVersion, '1.2' | '1.3'> = {
  [TlsVersion.TLS_1_2]: '1.2',
  [TlsVersion.TLS_1_3]: '1.3',
};

/** Policies of this ingress point at its HTTPRoute. */
export function targetRoute(spec: IngressSpec): {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
} {
  return { group: GATEWAY_API_GROUP, kind: 'HTTPRoute', name: spec.name };
}

/** Rate limit, body size and time to connect. */
export function addTrafficPolicy(scope: Construct, spec: IngressSpec, localRateLimits: boolean): ApiObject {
  const size = sizeQuantity('SecureIngress maxBodySize', Size.kibibytes(spec.maxBodyBytes / 1024));
  return addObject(scope, 'TrafficPolicy', BackendTrafficPolicy, {
    metadata: { name: spec.name, labels: spec.labels },
    spec: {
      targetRefs: [targetRoute(spec)],
      rateLimit: rateLimit(spec, localRateLimits),
      requestBuffer: { limit: size },
      timeout: { tcp: { connectTimeout: `${spec.connectTimeoutSeconds}s` } },
    },
  });
}

function rateLimit(spec: IngressSpec, local: boolean): BackendTrafficPolicySpecRateLimit {
  const limit = { requests: spec.rateLimit.requests, unit: UNITS[rateUnit(spec.rateLimit)] };
  const rules = clients(spec).map((selector) => ({ clientSelectors: [selector], limit }));
  return local
    ? { local: { rules } }
    : // Unless it is shared, every path of the route counts for itself.
      { global: { rules: rules.map((rule) => ({ ...rule, shared: true })) } };
}

function clients(spec: IngressSpec): BackendTrafficPolicySpecRateLimitGlobalRulesClientSelectors[] {
  const { header } = spec.rateLimit;
  if (header !== undefined) {
    const name = spec.authentication.kind === 'api-key' ? CLIENT_ID_HEADER : header;
    return [{ headers: [{ name, type: 'Distinct', invert: false }] }];
  }
  return ALL_ADDRESSES.map((value) => ({ sourceCIDR: { value, type: 'Distinct', invert: false } }));
}

/**
 * TLS version, client address and client certificates. They are settings of the listener, so they are in the namespace
 * of its Gateway.
 */
export function addListenerPolicy(scope: Construct, spec: IngressSpec, gateway: GatewayListeners): ApiObject {
  return addObject(scope, 'ListenerPolicy', ClientTrafficPolicy, {
    // Ingresses of other namespaces have their names here too.
    metadata: { name: `${spec.namespace}-${spec.name}`, namespace: gateway.namespace, labels: spec.labels },
    spec: {
      targetRefs: [{ group: GATEWAY_API_GROUP, kind: 'Gateway', name: gateway.name, sectionName: gateway.listener }],
      tls: {
        minVersion: TLS_VERSIONS[spec.tls.minimumVersion],
        ...(spec.authentication.kind === 'client-certificates'
          ? { clientValidation: { caCertificateRefs: [secretReference(spec.authentication.caSecretName)] } }
          : {}),
      },
      ...clientAddress(spec),
    },
  });
}

function clientAddress({ clientAddress: address }: IngressSpec): Partial<ClientTrafficPolicySpec> {
  switch (address._source) {
    case 'direct':
      return {};
    case 'forwarded':
      return { clientIPDetection: { xForwardedFor: { numTrustedHops: address.trustedHops } } };
    case 'proxy-protocol':
      return { proxyProtocol: {} };
  }
}
