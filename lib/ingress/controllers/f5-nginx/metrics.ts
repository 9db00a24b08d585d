import type { ControllerMetrics } from '../../controller-metrics';

/** @see https://docs.nginx.com/nginx-ingress-controller/logging-and-monitoring/prometheus */
export const F5_NGINX_METRICS: ControllerMetrics = {
  note: 'with NGINX Open Source the exporter counts connections and requests of the whole controller, without statuses and hosts',
};
