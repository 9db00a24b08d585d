import { enumOf, listOf, text } from '../../../common/kinds';
import { optional, type PropTable, required } from '../../../common/props';

/**
 * Who can reach an Application Load Balancer.
 *
 * @example
 * nim.IngressController.awsAlb({
 *   scheme: nim.AlbScheme.INTERNAL,
 *   loadBalancerSubnets: ['10.0.1.0/24', '10.0.2.0/24'],
 *   webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/nim/0123abcd',
 * });
 */
export enum AlbScheme {
  /** The networks of the VPC only. */
  INTERNAL = 'internal',
  /** Everybody on the internet, unless source ranges say otherwise. */
  INTERNET_FACING = 'internet-facing',
}

/** Options of `IngressController.awsAlb`. */
export interface AwsAlbOptions {
  /**
   * ARN of the AWS WAF web ACL (WAFv2, regional) in front of the load balancer. Required, because an Application Load Balancer has no rate limit:
   * this ACL has it, and it is no object of Kubernetes.
   */
  readonly webAclArn: string;
  /**
   * Address ranges (CIDR) of the subnets that the load balancer is in, for the network policy: it connects to the pods
   * from there. Required, because it is no pod that labels could select.
   */
  readonly loadBalancerSubnets: string[];
  /**
   * Who can reach the load balancer. The controller replaces the load balancer when this changes.
   * @default AlbScheme.INTERNAL
   */
  readonly scheme?: AlbScheme;
  /**
   * ARN of the trust store with the authorities of client certificates. `IngressAuthentication.clientCertificates` needs it:
   * a load balancer reads no Secret.
   * @default - client certificates are refused
   */
  readonly trustStoreArn?: string;
  /**
   * The version of the AWS Load Balancer Controller that runs in the cluster.
   * @default - the version that the rendering was written for
   */
  readonly version?: string;
  /**
   * Name of the IngressClass.
   * @default 'alb'
   */
  readonly ingressClassName?: string;
}

export const AWS_ALB_OPTIONS: PropTable<AwsAlbOptions> = {
  webAclArn: required(text),
  loadBalancerSubnets: required(listOf(text)),
  scheme: optional(enumOf({ AlbScheme })),
  trustStoreArn: optional(text),
  version: optional(text),
  ingressClassName: optional(text),
};
