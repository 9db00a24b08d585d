import type { ControllerMetrics } from '../../controller-metrics';

export const OPENSHIFT_ROUTE_METRICS: ControllerMetrics = {
  note:
    'the router counts for the monitoring of the platform (`haproxy_backend_http_responses_total`); no source was found that shows a rule in the ' +
    'namespace of a user reading it, and it closes limited connections without a 429',
};
