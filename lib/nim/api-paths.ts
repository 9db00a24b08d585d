/** Whether the model is loaded; whether the server runs. Every family and generation, without authentication. */
export const READINESS_PATH = '/v1/health/ready';
export const LIVENESS_PATH = '/v1/health/live';
export const METRICS_PATH = '/v1/metrics';

/** What a NIM of any family serves on the same port, for operators only. */
export const INTERNAL_API_PATHS: readonly string[] = [
  METRICS_PATH,
  '/v1/metadata',
  '/v1/manifest',
  '/v1/version',
  '/v1/license',
  '/metrics',
];
