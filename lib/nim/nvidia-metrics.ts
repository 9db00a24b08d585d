import type { ApiMetric } from '../network/api-pods';
import type { Gpu } from './gpu';

const OF_TRITON = {
  source: 'https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/metrics.html',
};
/** The counter of answered requests, which the times are divided by. */
const REQUESTS = 'nv_inference_request_success';
/** Requests that Triton has and does not work on yet. */
export const TRITON_PENDING_REQUESTS = 'nv_inference_pending_request_count';
/** How busy a whole GPU is, in percent of time, by the DCGM exporter. */
export const GPU_UTILIZATION = 'DCGM_FI_DEV_GPU_UTIL';

/** What Triton counts of its requests. NVIDIA's examples with 1.x NIMs read the same names. */
export const TRITON_METRICS: readonly ApiMetric[] = [
  { name: REQUESTS, title: 'Requests that Triton answered', unit: 'reqps', counter: true, ...OF_TRITON },
  {
    name: 'nv_inference_request_failure',
    title: 'Requests that Triton failed',
    unit: 'reqps',
    counter: true,
    ...OF_TRITON,
  },
  {
    name: TRITON_PENDING_REQUESTS,
    title: 'Requests that wait in Triton',
    unit: 'short',
    ...OF_TRITON,
  },
  {
    name: 'nv_inference_queue_duration_us',
    title: 'Time in the queue of Triton, of each request',
    unit: 'µs',
    counter: true,
    per: REQUESTS,
    ...OF_TRITON,
  },
  {
    name: 'nv_inference_compute_infer_duration_us',
    title: 'Time of the inference, of each request',
    unit: 'µs',
    counter: true,
    per: REQUESTS,
    ...OF_TRITON,
  },
  {
    name: 'nv_inference_count',
    title: 'Inferences in a batch',
    unit: 'short',
    counter: true,
    per: 'nv_inference_exec_count',
    ...OF_TRITON,
  },
];

const OF_DCGM = { source: 'https://github.com/NVIDIA/dcgm-exporter/blob/main/etc/default-counters.csv' };

/** What the DCGM exporter counts by default of the GPU of a pod. How busy it is, the driver counts for whole GPUs only. */
export function gpuMetrics({ sliceMemory }: Gpu): ApiMetric[] {
  const utilization = { name: GPU_UTILIZATION, title: 'How busy the GPU is', unit: 'percent', ...OF_DCGM };
  const memory = { name: 'DCGM_FI_DEV_FB_USED', title: 'Memory of the GPU in use', unit: 'mbytes', ...OF_DCGM };
  return sliceMemory === undefined ? [utilization, memory] : [memory];
}
