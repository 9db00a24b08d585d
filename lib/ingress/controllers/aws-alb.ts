import { type INetworkPolicyPeer, NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { invalid } from '../../common/invalid';
import { requireProps } from '../../common/props';
import type { AuthenticationSpec } from '../authentication';
import { type ControllerProfile, requireVersion, ingressClass } from '../controller-profile';
import type { CapabilityTable } from '../features';
import type { RateLimit } from '../rate-limit';
import { requireRanges } from '../source-ranges';
import type { IngressSpec } from '../spec';
import { type CertificateSource, TlsVersion } from '../tls';
import { AWS_ALB_CAPABILITIES, AWS_ALB_CAPABILITIES_WITH_TRUST_STORE } from './aws-alb-capabilities';
import { AlbScheme, type AwsAlbOptions, AWS_ALB_OPTIONS } from './aws-alb-options';
import { addStandardIngress } from './standard-ingress';
import { requireWindowBurst } from './window-burst';

const NAME = 'AWS Load Balancer Controller';
/** The first release with `jwt-validation`. */
const MINIMUM_VERSION = '2.15.0';
const WRITTEN_FOR = '3.5.0';
const PREFIX = 'alb.ingress.kubernetes.io';
/** Never left out: the controller's default, ELBSecurityPolicy-2016-08, takes TLS 1.0. */
const SSL_POLICIES: Record<TlsVersion, string> = {
  [TlsVersion.TLS_1_2]: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  [TlsVersion.TLS_1_3]: 'ELBSecurityPolicy-TLS13-1-3-2021-06',
};
/** The shortest evaluation window of AWS WAF, and the lowest limit that it takes. */
const WAF_WINDOW_SECONDS = 60;
const WAF_LOWEST_LIMIT = 10;
const LONGEST_IDLE_TIMEOUT_SECONDS = 4000;
/** The headers that a listener can add, besides Strict-Transport-Security. */
const LISTENER_HEADERS = [
  'Content-Security-Policy',
  'X-Content-Type-Options',
  'X-Frame-Options',
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Allow-Credentials',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
];

const WEB_ACL_ARN = {
  pattern: /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:[0-9]{12}:regional\/webacl\/[\w-]+\/[\w-]+$/,
  because: 'it is no ARN of a regional AWS WAF web ACL, and without one nothing limits how often a client may call',
  instead: 'write "arn:aws:wafv2:REGION:ACCOUNT:regional/webacl/NAME/ID"',
};
const TRUST_STORE_ARN = {
  pattern: /^arn:aws[a-z-]*:elasticloadbalancing:[a-z0-9-]+:[0-9]{12}:truststore\/[\w-]+\/[\w-]+$/,
  because: 'it is no ARN of a trust store of Elastic Load Balancing',
  instead: 'write "arn:aws:elasticloadbalancing:REGION:ACCOUNT:truststore/NAME/ID"',
};

/** AWS Load Balancer Controller: an Application Load Balancer of AWS by annotations, in front of the pods themselves. */
export class AwsAlb implements ControllerProfile {
  public static readonly CAPABILITIES: CapabilityTable = AWS_ALB_CAPABILITIES;

  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities: CapabilityTable;
  public readonly certificates: readonly CertificateSource['kind'][] = ['acm'];
  private readonly subnets: readonly string[];
  private readonly settings: Record<string, string>;

  public constructor(private readonly options: AwsAlbOptions) {
    requireProps('IngressController.awsAlb', options, AWS_ALB_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.capabilities =
      options.trustStoreArn === undefined ? AWS_ALB_CAPABILITIES : AWS_ALB_CAPABILITIES_WITH_TRUST_STORE;
    this.subnets = requireSubnets(options.loadBalancerSubnets);
    this.settings = {
      scheme: options.scheme ?? AlbScheme.INTERNAL,
      'wafv2-acl-arn': requireArn('webAclArn', options.webAclArn, WEB_ACL_ARN),
    };
    if (options.trustStoreArn !== undefined) {
      requireArn('trustStoreArn', options.trustStoreArn, TRUST_STORE_ARN);
    }
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return this.subnets.map((cidr, index) =>
      cidr.includes(':')
        ? NetworkPolicyIpBlock.ipv6(scope, `LoadBalancerSubnet${index}`, cidr)
        : NetworkPolicyIpBlock.ipv4(scope, `LoadBalancerSubnet${index}`, cidr),
    );
  }

  public render(scope: Construct, spec: IngressSpec): void {
    requireWafRate(spec.rateLimit);
    const annotations = {
      ...this.settings,
      // The load balancer asks the pod itself, so the path need not be served.
      'healthcheck-path': spec.service.readinessPath,
      // To the pods themselves: an address of a node would need a NodePort Service.
      'target-type': 'ip',
      'listen-ports': JSON.stringify([{ HTTP: 80 }, { HTTPS: 443 }]),
      'ssl-redirect': '443',
      'ssl-policy': SSL_POLICIES[spec.tls.minimumVersion],
      ...(spec.tls.certificate.kind === 'acm' ? { 'certificate-arn': spec.tls.certificate.arn } : {}),
      'load-balancer-attributes': `idle_timeout.timeout_seconds=${requireIdleTimeout(spec)},routing.http.drop_invalid_header_fields.enabled=true`,
      'listener-attributes.HTTPS-443': listenerAttributes(spec),
      ...(spec.sourceRanges.length === 0 ? {} : { 'inbound-cidrs': requireDirect(spec).join(',') }),
      ...authenticationAnnotations(spec.authentication, this.options.trustStoreArn),
    };
    addStandardIngress(
      scope,
      spec,
      ingressClass(this.options, 'alb'),
      Object.fromEntries(Object.entries(annotations).map(([name, value]) => [`${PREFIX}/${name}`, value])),
    );
  }
}

function listenerAttributes(spec: IngressSpec): string {
  const headers = Object.entries(spec.responseHeaders).map(([name, value]) => [requireListenerHeader(name), value]);
  return [['Strict-Transport-Security', `max-age=${spec.hstsMaxAgeSeconds}`], ...headers]
    .map(
      ([name = '', value]) =>
        `routing.http.response.${name.toLowerCase().replaceAll('-', '_')}.header_value=${value ?? ''}`,
    )
    .join(',');
}

function authenticationAnnotations(
  authentication: AuthenticationSpec,
  trustStore: string | undefined,
): Record<string, string> {
  switch (authentication.kind) {
    case 'jwt':
      return {
        'jwt-validation': JSON.stringify({
          jwksEndpoint: authentication.jwksUri,
          issuer: authentication.issuer,
          additionalClaims: [{ name: 'aud', format: 'single-string', values: [requireOneAudience(authentication)] }],
        }),
      };
    case 'client-certificates':
      return { 'mutual-authentication': JSON.stringify([{ port: 443, mode: 'verify', trustStore }]) };
    case 'external':
    case 'basic':
    case 'api-key':
    case 'none':
      return {};
  }
}

/** Refuses a limit that no rule of AWS WAF can have. */
function requireWafRate(rateLimit: RateLimit): void {
  const requests = (rateLimit.requests * WAF_WINDOW_SECONDS) / rateLimit.periodSeconds;
  if (requests < WAF_LOWEST_LIMIT) {
    throw invalid({
      what: 'RateLimit.perClient requestsPerMinute',
      value: rateLimit.requests,
      because: `AWS WAF takes limits of ${WAF_LOWEST_LIMIT} or more in ${WAF_WINDOW_SECONDS} seconds`,
      instead: `write ${WAF_LOWEST_LIMIT} or more, or choose another controller`,
    });
  }
  requireWindowBurst('AWS WAF', rateLimit, { requests, description: `${WAF_WINDOW_SECONDS} seconds` });
}

/** Whether several values mean "one of" or "all of" is not documented, so there is one. */
function requireOneAudience({ audiences }: Extract<AuthenticationSpec, { kind: 'jwt' }>): string {
  const [audience = '', ...more] = audiences;
  if (more.length > 0) {
    throw invalid({
      what: 'IngressAuthentication.jwt audiences',
      value: audiences,
      because: `${NAME} compares the audience with one text`,
      instead: 'write one audience, or choose another controller',
    });
  }
  return audience;
}

/** A security group sees the address that connects, which behind another proxy is the proxy's. */
function requireDirect({ sourceRanges, clientAddress }: IngressSpec): readonly string[] {
  if (clientAddress._source !== 'direct') {
    throw invalid({
      what: 'SecureIngress sourceRanges',
      value: sourceRanges,
      because:
        'behind other proxies the security group of the load balancer would compare them with the addresses of the proxies',
      instead: 'leave sourceRanges out and list the clients in the web ACL, or write ClientAddress.direct()',
    });
  }
  return sourceRanges;
}

function requireIdleTimeout({ timeoutSeconds }: IngressSpec): number {
  if (timeoutSeconds > LONGEST_IDLE_TIMEOUT_SECONDS) {
    throw invalid({
      what: 'SecureIngress timeout',
      value: `${timeoutSeconds} s`,
      because: `an Application Load Balancer waits ${LONGEST_IDLE_TIMEOUT_SECONDS} s at most`,
      instead: `write ${LONGEST_IDLE_TIMEOUT_SECONDS} s or less, or choose another controller`,
    });
  }
  return timeoutSeconds;
}

function requireListenerHeader(name: string): string {
  if (!LISTENER_HEADERS.some((header) => header.toLowerCase() === name.toLowerCase())) {
    throw invalid({
      what: 'SecureIngress responseHeaders',
      value: name,
      because: `an Application Load Balancer adds ${LISTENER_HEADERS.join(', ')} only`,
      instead: 'leave it out, or choose another controller',
    });
  }
  return name;
}

function requireArn(name: string, value: string, { pattern, because, instead }: typeof WEB_ACL_ARN): string {
  if (!pattern.test(value)) {
    throw invalid({ what: `IngressController.awsAlb ${name}`, value, because, instead });
  }
  return value;
}

function requireSubnets(subnets: readonly string[]): string[] {
  const what = 'IngressController.awsAlb loadBalancerSubnets';
  if (subnets.length === 0) {
    throw invalid({
      what,
      value: subnets,
      because: 'the network policy would keep the load balancer out',
      instead: 'write the address ranges of its subnets, for example ["10.0.0.0/20", "10.0.16.0/20"]',
    });
  }
  return requireRanges(what, subnets, 'write the address range of one subnet of the load balancer');
}
