import { type Chart, Duration, Size } from 'cdk8s';
import {
  ClientAddress,
  IngressAuthentication,
  IngressController,
  IngressPath,
  IngressTls,
  RateLimit,
  type SecureIngressOptions,
  TlsVersion,
} from 'cdk8s-nim';
import { type INetworkPolicyPeer, Namespaces, Pods, type SecretValue } from 'cdk8s-plus-28';
import type { IngressRecipe } from './arbitraries';
import { secretIn } from './nims';

export function ingressFrom(chart: Chart, name: string, recipe: IngressRecipe): SecureIngressOptions {
  const minimumVersion = recipe.tls13 ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
  const secret = secretValue(chart, `${name}-tls-or-users`, 'users').secret;
  const rate = recipe.perMinute ? { requestsPerMinute: recipe.requests } : { requestsPerSecond: recipe.requests };
  return {
    host: `${name}.example.com`,
    controller: recipe.controller === 'f5Nginx' ? IngressController.f5Nginx() : IngressController.ingressNginx(),
    tls: {
      secret: () => IngressTls.fromSecret(secret, { minimumVersion }),
      clusterIssuer: () => IngressTls.fromClusterIssuer('letsencrypt', { minimumVersion }),
      issuer: () => IngressTls.fromIssuer('letsencrypt', { minimumVersion, duration: Duration.days(30) }),
    }[recipe.tls](),
    rateLimit: RateLimit.perClient({ ...rate, burst: recipe.requests * recipe.burstFactor }),
    authentication: {
      external: () => IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
      basic: () => IngressAuthentication.basic(secret),
      clientCertificates: () => IngressAuthentication.clientCertificates(secret),
      none: () => IngressAuthentication.none('the gateway in front authenticates'),
    }[recipe.authentication](),
    ...given(
      'paths',
      mapped(recipe.paths, (paths) => paths.map((path) => IngressPath.exact(path))),
    ),
    sourceRanges: recipe.sourceRanges,
    responseHeaders: recipe.responseHeaders,
    ...given(
      'timeout',
      mapped(recipe.timeoutSeconds, (seconds) => Duration.seconds(seconds)),
    ),
    ...given(
      'maxBodySize',
      mapped(recipe.bodyMebibytes, (size) => Size.mebibytes(size)),
    ),
    ...(recipe.forwarded ? { clientAddress: ClientAddress.forwardedFor() } : {}),
  };
}

export function peerFrom(chart: Chart, id: string, name: string): INetworkPolicyPeer {
  return Pods.select(chart, id, {
    labels: { app: name },
    namespaces: Namespaces.select(chart, `${id}-namespace`, { names: [name] }),
  });
}

export function secretValue(chart: Chart, id: string, name: string): SecretValue {
  return { secret: secretIn(chart, name, id), key: 'value' };
}

/** A member that is there only when it has a value. */
export function given<Name extends string, T>(name: Name, value: T | undefined): Partial<Record<Name, T>> {
  return value === undefined ? {} : ({ [name]: value } as Record<Name, T>);
}

export function mapped<T, Result>(value: T | undefined, map: (value: T) => Result): Result | undefined {
  return value === undefined ? undefined : map(value);
}
