/**
 * What a front door may be asked to do.
 *
 * @example
 * new nim.SecureIngress(chart, 'ingress', {
 *   service,
 *   host: 'embeddings.example.com',
 *   controller: nim.IngressController.traefik(),
 *   paths: [nim.IngressPath.exact('/v1/embeddings', [nim.HttpMethod.POST])],
 *   tls: nim.IngressTls.fromSecret(kplus.Secret.fromSecretName(chart, 'certificate', 'embeddings-tls')),
 *   rateLimit: nim.RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
 *   authentication: nim.IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
 *   acceptUnenforced: [{ feature: nim.IngressFeature.METHODS, reason: 'agreed with the security team' }],
 * });
 */
export enum IngressFeature {
  /** Refuse TLS below 1.2. */
  TLS_1_2 = 'tls-1.2',
  /** Refuse TLS below 1.3. */
  TLS_1_3 = 'tls-1.3',
  /** Send plain HTTP requests to HTTPS. */
  HTTPS_REDIRECT = 'https-redirect',
  /** Strict-Transport-Security. */
  HSTS = 'hsts',
  /** Serve the listed paths only, compared letter by letter. */
  EXACT_PATHS = 'exact-paths',
  /** Serve a path for the listed HTTP methods only. */
  METHODS = 'methods',
  /** Tell clients apart by the address that connects to the controller. */
  CLIENT_ADDRESS_DIRECT = 'client-address-direct',
  /** Tell clients apart by X-Forwarded-For, behind trusted proxies. */
  CLIENT_ADDRESS_FORWARDED = 'client-address-forwarded',
  /** Tell clients apart by the PROXY protocol. */
  CLIENT_ADDRESS_PROXY_PROTOCOL = 'client-address-proxy-protocol',
  /** Requests a second for each client. */
  RATE_PER_SECOND = 'rate-per-second',
  /** Requests a minute for each client. */
  RATE_PER_MINUTE = 'rate-per-minute',
  /** Requests at once for each client. */
  RATE_BURST = 'rate-burst',
  /** Requests under way for each client. */
  CONCURRENT_CONNECTIONS = 'concurrent-connections',
  /** Tell clients apart by a header. */
  RATE_BY_HEADER = 'rate-by-header',
  /** Count over all replicas of the controller. */
  RATE_SCOPE_CLUSTER = 'rate-scope-cluster',
  /** Answer 429 to a client over its limit. */
  STATUS_429 = 'status-429',
  /** Refuse bodies above a size. */
  BODY_SIZE = 'body-size',
  /** Wait longer than the NIM itself may take. */
  TIMEOUTS = 'timeouts',
  /** Speak TLS to the service, and check its certificate. */
  BACKEND_TLS = 'backend-tls',
  /** Admit listed addresses only. */
  SOURCE_RANGES = 'source-ranges',
  /** Add headers to answers. */
  RESPONSE_HEADERS = 'response-headers',
  /** Ask an authentication service. */
  AUTH_EXTERNAL = 'auth-external',
  /** User name and password. */
  AUTH_BASIC = 'auth-basic',
  /** Certificates of the clients. */
  AUTH_CLIENT_CERTIFICATES = 'auth-client-certificates',
  /** JSON Web Tokens. */
  AUTH_JWT = 'auth-jwt',
  /** An API key in a header. */
  AUTH_API_KEY = 'auth-api-key',
}

/**
 * How far a controller does what was asked.
 *
 * @example
 * const enforced = ingress.capabilities[0].level === nim.CapabilityLevel.ENFORCED;
 */
export enum CapabilityLevel {
  /** What is rendered does it. */
  ENFORCED = 'enforced',
  /** What is rendered does it, but not exactly; the note says how it differs. */
  APPROXIMATE = 'approximate',
  /** A setting of the whole controller does it, which the note names; nothing that is rendered here can set it. */
  PREREQUISITE = 'prerequisite',
  /** The controller does not do it. */
  UNSUPPORTED = 'unsupported',
}

/** What a controller does about one feature. */
export interface Capability {
  /** How far the controller does it. */
  readonly level: CapabilityLevel;
  /** What does it, how it differs from what was asked, or what has to be set and where. */
  readonly note: string;
  /**
   * The first version of the controller that can.
   * @default - the lowest version that the controller's file supports
   */
  readonly since?: string;
}

/** A feature, and what a controller does about it. */
export interface FeatureCapability extends Capability {
  /** The feature. */
  readonly feature: IngressFeature;
}

/** All features of one controller. */
export type CapabilityTable = Readonly<Record<IngressFeature, Capability>>;

export function enforced(note: string, since?: string): Capability {
  return capability(CapabilityLevel.ENFORCED, note, since);
}

export function approximate(note: string, since?: string): Capability {
  return capability(CapabilityLevel.APPROXIMATE, note, since);
}

export function prerequisite(note: string): Capability {
  return capability(CapabilityLevel.PREREQUISITE, note);
}

export function unsupported(note: string): Capability {
  return capability(CapabilityLevel.UNSUPPORTED, note);
}

function capability(level: CapabilityLevel, note: string, since?: string): Capability {
  return since === undefined ? { level, note } : { level, note, since };
}
