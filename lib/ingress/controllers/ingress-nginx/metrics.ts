import type { ControllerMetrics } from '../../controller-metrics';

export const INGRESS_NGINX_METRICS: ControllerMetrics = {
  answers: {
    metric: 'nginx_ingress_controller_requests',
    source: 'https://kubernetes.github.io/ingress-nginx/user-guide/monitoring/#request-metrics',
    // By host, because a scrape renames the label namespace unless it honours the labels of the exporter.
    matcher: ({ name, host }) => `ingress="${name}",host="${host}"`,
    statusLabel: 'status',
    serverErrors: 'status=~"5.."',
    rateLimited: 'status="429"',
  },
  note:
    'it needs `controller.metrics.enabled: true` in its Helm chart, and `--metrics-per-host`, which is on by default; without the ConfigMap ' +
    'key `limit-req-status-code: "429"` a refused request is a 503, and counts as an error',
};
