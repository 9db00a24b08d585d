import type { ControllerMetrics } from '../../controller-metrics';

/** @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html */
export const AWS_ALB_METRICS: ControllerMetrics = {
  note: 'the load balancer reports to CloudWatch (`HTTPCode_ELB_5XX_Count`, `HTTPCode_Target_5XX_Count`), not to Prometheus',
};
