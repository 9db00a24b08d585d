import { type ApiObject, Duration, Size } from 'cdk8s';
import { Construct } from 'constructs';
import { exceptionAnnotation, ownAnnotation, prerequisiteAnnotation, SYNC_WAVE_FIRST } from '../common/annotations';
import { requirePlace } from '../common/cdk8s-kinds';
import { invalid, Refusals } from '../common/invalid';
import { requireHost, requireServiceName } from '../common/names';
import { objectsBelow } from '../common/objects-below';
import { requireProps } from '../common/props';
import { requireBytes, requireSeconds, sizeQuantity } from '../common/quantities';
import { addCertificate } from '../network/certificate';
import type { RestrictedService } from '../network/restricted-service';
import type { AuthenticationSpec } from './authentication';
import { requireCapabilities, requestedFeatures } from './capabilities';
import { ClientAddress } from './client-address';
import { type CountedAnswers, countedAnswers } from './controller-metrics';
import type { ControllerProfile } from './controller-profile';
import { CapabilityLevel, type FeatureCapability, IngressFeature } from './features';
import { IngressPath, requirePaths } from './paths';
import type { RateLimit } from './rate-limit';
import { SECURE_INGRESS_PROPS, type SecureIngressProps, type UnenforcedFeature } from './secure-ingress-props';
import { requireResponseHeaders } from './response-headers';
import { requireSourceRanges } from './source-ranges';
import { internalPathsOf, serviceSpec } from './service-spec';
import type { IngressSpec } from './spec';
import type { CertificateSource, IngressTls } from './tls';

/** Added to the service's own limit, so that the service, not the controller, ends a slow request. */
const TIMEOUT_MARGIN_SECONDS = 10;
/** The request timeout of 2.x NIMs, for services that state none. */
const USUAL_REQUEST_TIMEOUT = Duration.seconds(120);
const USUAL_BODY_SIZE = Size.mebibytes(8);
const DEFAULT_CONNECT_TIMEOUT = Duration.seconds(10);
const DEFAULT_HSTS_MAX_AGE = Duration.days(365);

/**
 * The way in: one host, TLS, listed paths, a rate limit and a decision on authentication, in the language of the ingress
 * controller. What the controller cannot do is refused, not dropped.
 *
 * @example
 * new nim.SecureIngress(chart, 'ingress', {
 *   service,
 *   host: 'embeddings.example.com',
 *   controller: nim.IngressController.traefik(),
 *   tls: nim.IngressTls.fromClusterIssuer('letsencrypt'),
 *   rateLimit: nim.RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
 *   authentication: nim.IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
 *   sourceRanges: ['203.0.113.0/24'],
 * });
 */
export class SecureIngress extends Construct {
  /** The DNS name that clients use. */
  public readonly host: string;
  /** Every requested feature, how far the controller does it, and by what. */
  public readonly capabilities: FeatureCapability[];
  /** The Certificate, when cert-manager issues it. */
  public readonly certificate: ApiObject | undefined;
  /** @internal */
  public readonly _answers: CountedAnswers | undefined;

  public constructor(scope: Construct, id: string, props: SecureIngressProps) {
    super(...requirePlace('SecureIngress', scope, id));
    requireProps('SecureIngress', props, SECURE_INGRESS_PROPS);
    const { service, tls, rateLimit } = props;
    const profile = props.controller._profile;
    const authentication = props.authentication._spec;
    this.host = requireHost('SecureIngress host', props.host);
    const name = requireServiceName('SecureIngress name', props.name ?? service.name);
    const accepted = props.acceptUnenforced ?? [];

    const internalPaths = internalPathsOf(service.api);
    const refusals = new Refusals();
    /** A part of the way in. What it refuses is thrown below, together with what all other parts refuse. */
    const part = <Part>(make: () => Part): Part => refusals.collect(make) as Part;
    const features = requestedFeatures(props);
    this.capabilities = part(() => requireCapabilities(profile, features, accepted));
    const exceptions = part(() => acceptedGaps(authentication, this.capabilities, accepted));
    const spec: IngressSpec = {
      name,
      namespace: service.namespace,
      labels: service.labels,
      annotations: part(() => ({
        ...exceptions,
        ...capabilityNotes(this.capabilities),
        ...prerequisiteOfService(authentication, profile),
      })),
      exceptions,
      features,
      host: this.host,
      paths: part(() =>
        requirePaths(props.paths ?? service.api.paths.map((path) => IngressPath.exact(path)), internalPaths),
      ),
      internalPaths,
      service: part(() => serviceSpec(service)),
      tls: { certificate: part(() => usableCertificate(name, tls, profile)), minimumVersion: tls.minimumVersion },
      clientAddress: props.clientAddress ?? ClientAddress.direct(),
      rateLimit: part(() => requireCountableHeader(rateLimit, authentication)),
      authentication,
      maxBodyBytes: part(() => requireBodySize(props.maxBodySize, service)),
      connectTimeoutSeconds: part(() =>
        requireSeconds('SecureIngress connectTimeout', props.connectTimeout ?? DEFAULT_CONNECT_TIMEOUT),
      ),
      timeoutSeconds: part(() => requireTimeout(props.timeout, service)),
      sourceRanges: part(() => requireSourceRanges(props.sourceRanges ?? [])),
      hstsMaxAgeSeconds: part(() => requireHstsMaxAge(props.hstsMaxAge, profile)),
      responseHeaders: part(() => requireResponseHeaders(props.responseHeaders ?? {})),
    };
    const source = tls._certificate;
    this.certificate =
      source.kind === 'issuer'
        ? part(() =>
            addCertificate(this, {
              from: 'IngressTls',
              secretName: issuedSecretName(name, source),
              dnsNames: [this.host],
              labels: service.labels,
              annotations: profile.certificateFirst === true ? SYNC_WAVE_FIRST : undefined,
              issuer: source.issuer,
              lifetime: source.options,
            }),
          )
        : undefined;
    // The controller looks at the values too, and may stumble where a part is missing.
    part(() => {
      profile.render(this, spec);
    });
    refusals.throwAny();
    this._answers = countedAnswers(profile.metrics, spec);
    service.addIngressControllers(props.ingressControllers ?? props.controller.bind(this));
  }

  /** Every object that is rendered for it, the Certificate too: for patches. */
  public get objects(): ApiObject[] {
    return objectsBelow(this);
  }

  /** The URL that clients use. */
  public get url(): string {
    return `https://${this.host}`;
  }
}

/** Deliberate gaps, and paths that the controller does not compare exactly: a check of the object would report them. */
function acceptedGaps(
  authentication: AuthenticationSpec,
  capabilities: readonly FeatureCapability[],
  accepted: readonly UnenforcedFeature[],
): Record<string, string> {
  return Object.fromEntries([
    ...(authentication.kind === 'none' ? [[exceptionAnnotation('authentication'), authentication.reason]] : []),
    ...accepted.map(({ feature, reason }) => [exceptionAnnotation(feature), reason]),
    ...Object.entries(capabilityNotes(capabilities.filter(({ feature }) => feature === IngressFeature.EXACT_PATHS))),
  ]) as Record<string, string>;
}

/** What the controller does in part, or only by its own settings. */
function capabilityNotes(capabilities: readonly FeatureCapability[]): Record<string, string> {
  return Object.fromEntries(
    capabilities
      .filter(({ level }) => level === CapabilityLevel.APPROXIMATE || level === CapabilityLevel.PREREQUISITE)
      .map(({ feature, level, note }) => [ownAnnotation(`${level}-${feature}`), note]),
  );
}

/** How oauth2-proxy has to run for this ingress. */
function prerequisiteOfService(
  authentication: AuthenticationSpec,
  { name, oauth2ProxyFlags = [] }: ControllerProfile,
): Record<string, string> {
  if (authentication.kind !== 'external' || !authentication.oauth2Proxy) {
    return {};
  }
  const flags = ['--reverse-proxy', ...oauth2ProxyFlags].join(' ');
  return {
    [prerequisiteAnnotation('oauth2-proxy')]:
      `oauth2-proxy runs with ${flags}, --trusted-proxy-ip for the addresses of ${name} (without it every address may claim ` +
      'to be the proxy), and --skip-jwt-bearer-tokens for programs, which send tokens instead of a session',
  };
}

/** The certificate as the controller reads it; refuses one that it cannot use. */
function usableCertificate(
  name: string,
  tls: IngressTls,
  controller: ControllerProfile,
): Exclude<CertificateSource, { kind: 'issuer' }> {
  const source = tls._certificate;
  if (!controller.certificates.includes(source.kind)) {
    throw invalid({
      what: `${controller.name} certificate`,
      value: source.kind,
      because: `the controller takes its certificate from: ${controller.certificates.join(', ')}`,
      instead: `write ${controller.certificates.map((kind) => `IngressTls.${TLS_FACTORIES[kind]}`).join(' or ')}`,
    });
  }
  return source.kind === 'issuer' ? { kind: 'secret', secretName: issuedSecretName(name, source) } : source;
}

const TLS_FACTORIES: Record<CertificateSource['kind'], string> = {
  secret: 'fromSecret(…)',
  issuer: 'fromClusterIssuer(…)',
  'gateway-listener': 'fromGatewayListener()',
  acm: 'fromAcmCertificate(…)',
};

function issuedSecretName(name: string, { options }: Extract<CertificateSource, { kind: 'issuer' }>): string {
  return options.secretName ?? `${name}-tls`;
}

/** Refuses to count by a header that nobody is made to send: a request without it would not be limited. */
function requireCountableHeader(rateLimit: RateLimit, authentication: AuthenticationSpec): RateLimit {
  const header = rateLimit.header?.toLowerCase();
  const required: Record<AuthenticationSpec['kind'], boolean> = {
    'api-key': authentication.kind === 'api-key' && authentication.header.toLowerCase() === header,
    basic: header === 'authorization',
    jwt: header === 'authorization',
    external: header === 'authorization',
    'client-certificates': false,
    none: false,
  };
  if (header !== undefined && !required[authentication.kind]) {
    throw invalid({
      what: 'RateLimit.perClient header',
      value: rateLimit.header,
      because: `the authentication (${authentication.kind}) does not require that header, and a request without it is not limited`,
      instead:
        'leave header out to count by address; or write the header of IngressAuthentication.apiKey, or "Authorization" ' +
        'with external, basic or JWT authentication',
    });
  }
  return rateLimit;
}

function requireTimeout(timeout: Duration | undefined, service: RestrictedService): number {
  const own = requireSeconds('service requestTimeout', service.api.requestTimeout ?? USUAL_REQUEST_TIMEOUT);
  if (timeout === undefined) {
    return own + TIMEOUT_MARGIN_SECONDS;
  }
  const seconds = requireSeconds('SecureIngress timeout', timeout);
  if (service.api.requestTimeout !== undefined && seconds <= own) {
    throw invalid({
      what: 'SecureIngress timeout',
      value: `${seconds} s`,
      because: `the service itself may take ${own} s, and the controller would give up first`,
      instead: `write more than ${own} s, or lower the request timeout of the service`,
    });
  }
  return seconds;
}

function requireHstsMaxAge(maxAge: Duration | undefined, controller: ControllerProfile): number {
  const { level, note } = controller.capabilities.hsts;
  if (maxAge !== undefined && level === CapabilityLevel.PREREQUISITE) {
    throw invalid({
      what: 'SecureIngress hstsMaxAge',
      value: maxAge.toHumanString(),
      because: `${controller.name} sets it for all ingresses: ${note}`,
      instead: 'leave it out, or choose another controller',
    });
  }
  return requireSeconds('SecureIngress hstsMaxAge', maxAge ?? DEFAULT_HSTS_MAX_AGE);
}

function requireBodySize(size: Size | undefined, service: RestrictedService): number {
  const bytes = requireBytes('SecureIngress maxBodySize', size ?? service.api.maxBodySize ?? USUAL_BODY_SIZE);
  const least = service.api.minBodySize;
  if (least !== undefined && bytes < requireBytes('service minBodySize', least)) {
    throw invalid({
      what: 'SecureIngress maxBodySize',
      value: sizeQuantity('SecureIngress maxBodySize', Size.kibibytes(bytes / 1024)),
      because: `one usual batch of the model takes up to ${sizeQuantity('service minBodySize', least)}`,
      instead: 'raise it to that or more',
    });
  }
  return bytes;
}
