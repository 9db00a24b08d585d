import { type INetworkPolicyPeer, NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { freeId } from '../../../common/free-id';
import { invalid, together } from '../../../common/invalid';
import { requireProps } from '../../../common/props';
import { type ControllerProfile, requireVersion, ingressClass } from '../../controller-profile';
import type { CapabilityTable } from '../../features';
import { type RateLimit, requestsWithin } from '../../rate-limit';
import { requireRanges } from '../../source-ranges';
import type { IngressSpec } from '../../spec';
import { type CertificateSource } from '../../tls';
import { AWS_ALB_CAPABILITIES, AWS_ALB_CAPABILITIES_WITH_TRUST_STORE } from './capabilities';
import { AlbScheme, type AwsAlbOptions, AWS_ALB_OPTIONS } from './options';
import { addStandardIngress } from '../standard-ingress';
import { requireWindowBurst } from '../window-burst';
import { annotations } from './annotations';
import { AWS_ALB_METRICS } from './metrics';
import { INGRESS_CLASS, NAME } from './product';

/** The first release with `jwt-validation`. */
const MINIMUM_VERSION = '2.15.0';
const WRITTEN_FOR = '3.5.0';
/** The shortest evaluation window of AWS WAF, and the lowest limit that it takes. */
const WAF_WINDOW_SECONDS = 60;
const WAF_LOWEST_LIMIT = 10;

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
  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities: CapabilityTable;
  public readonly certificates: readonly CertificateSource['kind'][] = ['acm'];
  public readonly metrics = AWS_ALB_METRICS;
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
        ? NetworkPolicyIpBlock.ipv6(scope, freeId(scope, `LoadBalancerSubnet${index}`), cidr)
        : NetworkPolicyIpBlock.ipv4(scope, freeId(scope, `LoadBalancerSubnet${index}`), cidr),
    );
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const parts = together({
      rate: () => {
        requireWafRate(spec.rateLimit);
      },
      annotations: () => annotations(spec, this.settings, this.options.trustStoreArn),
    });
    addStandardIngress(scope, spec, ingressClass(this.options, INGRESS_CLASS), parts.annotations);
  }
}

/** Refuses a limit that no rule of AWS WAF can have. */
function requireWafRate(rateLimit: RateLimit): void {
  const requests = requestsWithin(rateLimit, WAF_WINDOW_SECONDS);
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
