import type { ControllerMetrics } from '../../controller-metrics';

export const ENVOY_GATEWAY_METRICS: ControllerMetrics = {
  answers: {
    metric: 'envoy_cluster_upstream_rq_xx',
    // Its own dashboard selects the clusters of a route in the same way.
    source: 'https://github.com/envoyproxy/gateway/blob/main/charts/gateway-addons-helm/dashboards/envoy-clusters.json',
    matcher: ({ namespace, name }) => `envoy_cluster_name=~"httproute/${namespace}/${name}/rule/.+"`,
    statusLabel: 'envoy_response_code_class',
    serverErrors: 'envoy_response_code_class="5"',
  },
  note:
    'with `clusterStatName` in the EnvoyProxy the clusters have other names; what Envoy refuses itself reaches no cluster, so 429 is not ' +
    'counted',
};
