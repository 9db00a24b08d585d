import { describe } from 'vitest';
import { checkResponseHeaders } from './checks/response-headers';
import { DATA_PLANES } from './support/data-planes';

describe.each(DATA_PLANES)('$name and headers of answers', checkResponseHeaders);
