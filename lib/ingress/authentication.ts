import type { ISecret } from 'cdk8s-plus-28';
import { secret as secretKind } from '../common/cdk8s-kinds';
import { CLUSTER_DOMAIN } from '../common/cluster-domain';
import { invalid } from '../common/invalid';
import {
  isDnsName,
  requireHeaderName,
  requireNamespaceName,
  requireObjectName,
  requireServiceName,
  requireReason,
} from '../common/names';
import { listOf, port as portKind, text, wholeNumber } from '../common/kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';
import { type AuthenticationEndpoint, parseEndpoint } from './authentication-endpoint';

/** Options of `IngressAuthentication.external`. */
export interface ExternalAuthenticationOptions {
  /**
   * The URL that the controller asks for every request, for example
   * `http://authn.auth.svc.cluster.local/check`. It answers 200 for "allowed" and 401 or 403 for "not allowed"; another 2xx
   * lets nobody in with Envoy Gateway.
   */
  readonly url: string;
  /**
   * Headers of its answer that go on to the NIM.
   * @default - none
   */
  readonly responseHeaders?: string[];
}

export const EXTERNAL_AUTHENTICATION_OPTIONS: PropTable<ExternalAuthenticationOptions> = {
  url: required(text),
  responseHeaders: optional(listOf(text)),
};

/** Options of `IngressAuthentication.clientCertificates`. */
export interface ClientCertificateOptions {
  /**
   * How many certificates may stand between a client's and the authority's.
   * @default 1
   */
  readonly verifyDepth?: number;
}

export const CLIENT_CERTIFICATE_OPTIONS: PropTable<ClientCertificateOptions> = {
  verifyDepth: optional(wholeNumber()),
};

/** Options of `IngressAuthentication.oauth2Proxy`. */
export interface Oauth2ProxyOptions {
  /** Namespace of oauth2-proxy. */
  readonly namespace: string;
  /**
   * Name of its Service.
   * @default 'oauth2-proxy'
   */
  readonly serviceName?: string;
  /**
   * Port of its Service.
   * @default 80
   */
  readonly port?: number;
  /**
   * The domain of the cluster's own names.
   * @default 'cluster.local'
   */
  readonly clusterDomain?: string;
}

export const OAUTH2_PROXY_OPTIONS: PropTable<Oauth2ProxyOptions> = {
  namespace: required(text),
  serviceName: optional(text),
  port: optional(portKind),
  clusterDomain: optional(text),
};

/** Options of `IngressAuthentication.jwt`. */
export interface JwtAuthenticationOptions {
  /** The issuer that a token must name (`iss`). */
  readonly issuer: string;
  /** The HTTPS address where the issuer publishes its keys. */
  readonly jwksUri: string;
  /** Audiences: a token must name one of them (`aud`). */
  readonly audiences: string[];
}

export const JWT_AUTHENTICATION_OPTIONS: PropTable<JwtAuthenticationOptions> = {
  issuer: required(text),
  jwksUri: required(text),
  audiences: required(listOf(text)),
};

/** Options of `IngressAuthentication.apiKey`. */
export interface ApiKeyAuthenticationOptions {
  /**
   * The request header that carries the key.
   * @default 'X-Api-Key'
   */
  readonly header?: string;
}

export const API_KEY_AUTHENTICATION_OPTIONS: PropTable<ApiKeyAuthenticationOptions> = {
  header: optional(text),
};

/** The decision on authentication, as a controller reads it. */
export type AuthenticationSpec =
  | {
      readonly kind: 'external';
      readonly endpoint: AuthenticationEndpoint;
      readonly responseHeaders: readonly string[];
      /** Whether it is oauth2-proxy: some controllers ask it in another way. */
      readonly oauth2Proxy: boolean;
    }
  | { readonly kind: 'basic'; readonly secretName: string }
  | { readonly kind: 'client-certificates'; readonly caSecretName: string; readonly verifyDepth: number }
  | { readonly kind: 'jwt'; readonly issuer: string; readonly jwksUri: string; readonly audiences: readonly string[] }
  | { readonly kind: 'api-key'; readonly secretName: string; readonly header: string }
  | { readonly kind: 'none'; readonly reason: string };

/** Where oauth2-proxy answers 202 or 401, and never with a login page. */
export const OAUTH2_PROXY_PATH = '/oauth2/auth';

/**
 * Who may call. The NIM has no authentication of its own, so a person has to choose.
 *
 * @example
 * nim.IngressAuthentication.oauth2Proxy({ namespace: 'auth' });
 * nim.IngressAuthentication.external({ url: 'http://auth.example-auth.svc.cluster.local/check' });
 * nim.IngressAuthentication.basic(kplus.Secret.fromSecretName(chart, 'users', 'embeddings-users'));
 * nim.IngressAuthentication.clientCertificates(kplus.Secret.fromSecretName(chart, 'ca', 'clients-ca'), { verifyDepth: 1 });
 * nim.IngressAuthentication.apiKey(kplus.Secret.fromSecretName(chart, 'keys', 'api-keys'), { header: 'X-Api-Key' });
 * nim.IngressAuthentication.jwt({
 *   issuer: 'https://login.example.com',
 *   audiences: ['embeddings'],
 *   jwksUri: 'https://login.example.com/keys',
 * });
 */
export class IngressAuthentication {
  /** Ask an authentication service about every request. */
  public static external(options: ExternalAuthenticationOptions): IngressAuthentication {
    requireProps('IngressAuthentication.external', options, EXTERNAL_AUTHENTICATION_OPTIONS);
    const responseHeaders = options.responseHeaders ?? [];
    responseHeaders.forEach((header) => requireHeaderName('IngressAuthentication.external responseHeaders', header));
    return new IngressAuthentication({
      kind: 'external',
      endpoint: parseEndpoint(options.url),
      responseHeaders,
      oauth2Proxy: false,
    });
  }

  /**
   * Ask oauth2-proxy about every request, in the way that fits programs: a request without a valid session or token gets
   * 401, never a redirect to a login page. The flags that it has to run with are an annotation of the rendered object
   * (`cdk8s-nim/prerequisite-oauth2-proxy`).
   */
  public static oauth2Proxy(options: Oauth2ProxyOptions): IngressAuthentication {
    requireProps('IngressAuthentication.oauth2Proxy', options, OAUTH2_PROXY_OPTIONS);
    const namespace = requireNamespaceName('IngressAuthentication.oauth2Proxy namespace', options.namespace);
    const service = requireServiceName(
      'IngressAuthentication.oauth2Proxy serviceName',
      options.serviceName ?? 'oauth2-proxy',
    );
    const port = options.port ?? 80;
    const domain = requireClusterDomain(options.clusterDomain ?? CLUSTER_DOMAIN);
    const authority = `${service}.${namespace}.svc.${domain}${port === 80 ? '' : `:${port}`}`;
    return new IngressAuthentication({
      kind: 'external',
      endpoint: parseEndpoint(`http://${authority}${OAUTH2_PROXY_PATH}`),
      responseHeaders: [],
      oauth2Proxy: true,
    });
  }

  /** JSON Web Tokens in the header `Authorization: Bearer`, checked by the controller. */
  public static jwt(options: JwtAuthenticationOptions): IngressAuthentication {
    requireProps('IngressAuthentication.jwt', options, JWT_AUTHENTICATION_OPTIONS);
    for (const [name, url] of [
      ['issuer', options.issuer],
      ['jwksUri', options.jwksUri],
    ] as const) {
      if (!/^https:\/\/[^\s@]+$/.test(url)) {
        throw invalid({
          what: `IngressAuthentication.jwt ${name}`,
          value: url,
          because: 'keys and issuers are trusted by their HTTPS name',
          instead: 'write for example "https://login.example.com"',
        });
      }
    }
    if (options.audiences.length === 0) {
      throw invalid({
        what: 'IngressAuthentication.jwt audiences',
        value: options.audiences,
        because: 'a token that was issued for any other service would be taken',
        instead: 'write the audience that your issuer puts into tokens for this API',
      });
    }
    return new IngressAuthentication({ kind: 'jwt', ...options });
  }

  /**
   * API keys in a header, checked by the controller. In the Secret each key is the name of a client, each value its key.
   *
   * @param secret the Secret with the keys, in the namespace of the ingress.
   */
  public static apiKey(secret: ISecret, options: ApiKeyAuthenticationOptions = {}): IngressAuthentication {
    requireProps('IngressAuthentication.apiKey', { secret }, { secret: required(secretKind) });
    requireProps('IngressAuthentication.apiKey', options, API_KEY_AUTHENTICATION_OPTIONS);
    return new IngressAuthentication({
      kind: 'api-key',
      secretName: requireObjectName('IngressAuthentication.apiKey secret', secret.name),
      header: requireHeaderName('IngressAuthentication.apiKey header', options.header ?? 'X-Api-Key'),
    });
  }

  /**
   * User name and password, checked by the controller. The form of the Secret differs by controller: see its documentation and
   * `docs/ingress.md`.
   *
   * @param secret the Secret with the users, in the namespace of the ingress.
   */
  public static basic(secret: ISecret): IngressAuthentication {
    requireProps('IngressAuthentication.basic', { secret }, { secret: required(secretKind) });
    return new IngressAuthentication({
      kind: 'basic',
      secretName: requireObjectName('IngressAuthentication.basic secret', secret.name),
    });
  }

  /**
   * Client certificates, signed by an authority of yours. `caSecret` holds it under the key `ca.crt`.
   *
   * @param caSecret the Secret with the authority, in the namespace of the ingress.
   */
  public static clientCertificates(caSecret: ISecret, options: ClientCertificateOptions = {}): IngressAuthentication {
    requireProps('IngressAuthentication.clientCertificates', { caSecret }, { caSecret: required(secretKind) });
    requireProps('IngressAuthentication.clientCertificates', options, CLIENT_CERTIFICATE_OPTIONS);
    return new IngressAuthentication({
      kind: 'client-certificates',
      caSecretName: requireObjectName('IngressAuthentication.clientCertificates secret', caSecret.name),
      verifyDepth: options.verifyDepth ?? 1,
    });
  }

  /**
   * Everybody who reaches the host may call.
   *
   * @param reason why that is right; it is written into an annotation of the rendered object.
   */
  public static none(reason: string): IngressAuthentication {
    requireProps('IngressAuthentication.none', { reason }, { reason: required(text) });
    const instead = 'write why nobody needs to prove who they are, for example "the gateway in front authenticates"';
    return new IngressAuthentication({
      kind: 'none',
      reason: requireReason('IngressAuthentication.none reason', reason, instead),
    });
  }

  private constructor(private readonly spec: AuthenticationSpec) {}

  /** @internal */
  public get _spec(): AuthenticationSpec {
    return this.spec;
  }
}

function requireClusterDomain(domain: string): string {
  if (!isDnsName(domain)) {
    throw invalid({
      what: 'IngressAuthentication.oauth2Proxy clusterDomain',
      value: domain,
      because: 'a domain is lower-case letters, digits, "-" and "." between them',
      instead: `write what follows ".svc" in the search line of /etc/resolv.conf of a pod, for example "${CLUSTER_DOMAIN}"`,
    });
  }
  return domain;
}
