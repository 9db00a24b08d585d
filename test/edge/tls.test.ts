import { describe } from 'vitest';
import { checkTls } from './checks/tls';
import { DATA_PLANES } from './support/data-planes';

describe.each(DATA_PLANES)('$name and the versions of TLS', checkTls);
