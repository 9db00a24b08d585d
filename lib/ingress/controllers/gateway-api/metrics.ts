import type { ControllerMetrics } from '../../controller-metrics';

export const GATEWAY_API_METRICS: ControllerMetrics = {
  note: 'Gateway API says nothing of metrics, and each implementation counts under names of its own',
};
