import {
  type AwsAlbOptions,
  IngressController,
  IngressFeature,
  IngressTls,
  RateLimit,
  type SecureIngressProps,
} from 'cdk8s-nim';
import type { Manifest } from '../../../support/manifests';
import { type Given, given } from '../../../support/nims';
import { annotationsOf, controllerObjects, exception } from '../../support';

export const PREFIX = 'alb.ingress.kubernetes.io';
export const CERTIFICATE = 'arn:aws:acm:eu-central-1:123456789012:certificate/12345678-1234-1234-1234-123456789012';
export const WEB_ACL =
  'arn:aws:wafv2:eu-central-1:123456789012:regional/webacl/embeddings/3ab78708-85b0-49d3-b4e1-7a9615a6613b';
export const TRUST_STORE =
  'arn:aws:elasticloadbalancing:eu-central-1:123456789012:truststore/partners/73e2d6bc24d8a067';
export const HSTS = 'routing.http.response.strict_transport_security.header_value=max-age=31536000';

export const OPTIONS: AwsAlbOptions = { webAclArn: WEB_ACL, loadBalancerSubnets: ['10.0.0.0/20', '10.0.16.0/20'] };

/** The least possible props for a load balancer: its certificate, a limit as AWS WAF has it, and no limit for bodies. */
export const MINIMAL: Partial<SecureIngressProps> = {
  tls: IngressTls.fromAcmCertificate(CERTIFICATE),
  rateLimit: RateLimit.perClient({ requestsPerMinute: 600, burst: 600 }),
  acceptUnenforced: [exception(IngressFeature.BODY_SIZE)],
};

export function objects(props: Given<SecureIngressProps> = {}, options: Partial<AwsAlbOptions> = {}): Manifest[] {
  return controllerObjects(IngressController.awsAlb({ ...OPTIONS, ...options }), (chart) => ({
    ...MINIMAL,
    ...given(props, chart),
  }));
}

/** One annotation of the load balancer. */
export function annotation(rendered: readonly Manifest[], name: string): string | undefined {
  return annotationsOf(rendered, 'Ingress')[`${PREFIX}/${name}`];
}
