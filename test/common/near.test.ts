import { describe, expect, it } from 'vitest';
import { isNear } from '../../lib/common/near';

describe('a name', () => {
  it.each([
    ['replicas', 'replicas'],
    ['Replicas', 'replicas'],
    ['replica', 'replicas'],
    ['replcias', 'replicas'],
    ['credentails', 'credentials'],
    ['nodeSelectors', 'nodeSelector'],
  ])('%s is near %s', (name, other) => {
    expect(isNear(name, other)).toBe(true);
    expect(isNear(other, name)).toBe(true);
  });

  it.each([
    ['replicas', 'credentials'],
    ['env', 'ingress'],
    ['repl', 'replicas'],
  ])('%s is not near %s', (name, other) => {
    expect(isNear(name, other)).toBe(false);
    expect(isNear(other, name)).toBe(false);
  });
});
