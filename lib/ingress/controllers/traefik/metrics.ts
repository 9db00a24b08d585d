import type { ControllerMetrics } from '../../controller-metrics';

/** As Traefik makes the names of its routers: whatever is no letter and no digit becomes one "-". */
function normalized(text: string): string {
  return text
    .split(/[^A-Za-z0-9]+/)
    .filter(Boolean)
    .join('-');
}

/** Routers count around their middlewares, so what a limit refuses is counted too; services count behind them. */
export const TRAEFIK_METRICS: ControllerMetrics = {
  answers: {
    metric: 'traefik_router_requests_total',
    source: 'https://doc.traefik.io/traefik/reference/install-configuration/observability/metrics/#router-metrics',
    // A router for each path of the Ingress.
    matcher: ({ namespace, name, host }) => `router=~"${normalized(`${namespace}-${name}-${host}`)}-.+@kubernetes"`,
    statusLabel: 'code',
    serverErrors: 'code=~"5.."',
    rateLimited: 'code="429"',
  },
  note: 'Traefik needs `metrics.prometheus.addRoutersLabels: true`, which is off by default',
};
