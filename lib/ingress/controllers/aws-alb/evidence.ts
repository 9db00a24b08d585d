import type { Evidence } from '../../evidence';

/** Only the part of this controller that builds the model of a load balancer was run; the load balancer itself is at AWS. */
export const AWS_ALB_EVIDENCE: Evidence = {};
