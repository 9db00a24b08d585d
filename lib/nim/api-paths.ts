/** What clients of an embedding NIM need. */
export const PUBLIC_API_PATHS = ['/v1/embeddings', '/v1/models'];

/** Whether the model is loaded; whether the server runs. Both generations, without authentication. */
export const READINESS_PATH = '/v1/health/ready';
export const LIVENESS_PATH = '/v1/health/live';

/** What the NIM serves on the same port, for operators only. */
export const INTERNAL_API_PATHS = ['/v1/metrics', '/v1/metadata', '/v1/manifest', '/metrics'];
