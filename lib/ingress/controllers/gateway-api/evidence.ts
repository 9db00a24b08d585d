import type { Evidence } from '../../evidence';

/** Read in the conformance reports of the implementations; nothing was seen here. */
export const GATEWAY_API_EVIDENCE: Evidence = {};
