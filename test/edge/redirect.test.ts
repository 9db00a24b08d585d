import { describe } from 'vitest';
import { checkRedirect } from './checks/redirect';
import { DATA_PLANES } from './support/data-planes';

describe.each(DATA_PLANES)('$name sends plain HTTP to HTTPS', checkRedirect);
