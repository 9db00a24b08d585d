import type { Evidence } from '../../evidence';

/** Of this controller only the part that builds the model of a load balancer was run; the load balancer is AWS's own. */
export const AWS_ALB_EVIDENCE: Evidence = {};
