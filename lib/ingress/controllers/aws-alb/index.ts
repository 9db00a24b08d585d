import type { KnownController } from '../../known-controller';
import { AWS_ALB_CAPABILITIES } from './capabilities';
import { AWS_ALB_EVIDENCE } from './evidence';
import { AWS_ALB_LANGUAGE } from './language';
import { AWS_ALB_METRICS } from './metrics';

/** The controller without what renders for it, so that whoever reads manifests loads no more than that. */
export const AWS_ALB: KnownController = {
  name: 'IngressController.awsAlb()',
  capabilities: AWS_ALB_CAPABILITIES,
  language: AWS_ALB_LANGUAGE,
  evidence: AWS_ALB_EVIDENCE,
  metrics: AWS_ALB_METRICS,
};
