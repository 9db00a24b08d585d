import type { ControllerMetrics } from '../../controller-metrics';

export const HA_PROXY_METRICS: ControllerMetrics = {
  answers: {
    metric: 'haproxy_backend_http_responses_total',
    source: 'https://github.com/haproxytech/kubernetes-ingress/blob/master/documentation/prometheus.md',
    // pkg/service/service.go of the controller, GetBackendName.
    matcher: ({ namespace, service }) => `proxy="${namespace}_svc_${service.name}_${service.portName}"`,
    statusLabel: 'code',
    serverErrors: 'code="5xx"',
  },
  note:
    'the controller needs `--prometheus`; it counts by classes of statuses, and what a limit refuses in the frontend never reaches the ' +
    'backend, so 429 is not counted',
};
