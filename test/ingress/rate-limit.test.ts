import { type ClientRateLimitOptions, RateLimit, RateLimitScope } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { rateUnit, requestsWithin } from '../../lib/ingress/rate-limit';
import { expectRefusal } from '../support/refusals';

describe('RateLimit.perClient', () => {
  it('counts for each replica and by address unless told otherwise', () => {
    expect(RateLimit.perClient({ requestsPerSecond: 10, burst: 20 })).toMatchObject({
      requests: 10,
      periodSeconds: 1,
      burst: 20,
      concurrentConnections: undefined,
      header: undefined,
      scope: RateLimitScope.REPLICA,
    });
  });

  it('takes everything else', () => {
    const options: ClientRateLimitOptions = {
      requestsPerMinute: 30,
      burst: 5,
      concurrentConnections: 2,
      header: 'X-Api-Key',
      scope: RateLimitScope.CLUSTER,
    };
    expect(RateLimit.perClient(options)).toMatchObject({
      requests: 30,
      periodSeconds: 60,
      burst: 5,
      concurrentConnections: 2,
      header: 'X-Api-Key',
      scope: RateLimitScope.CLUSTER,
    });
  });

  it.each([{}, { requestsPerSecond: 10, requestsPerMinute: 600 }])('refuses the rate %j', (rate) => {
    expectRefusal(() => RateLimit.perClient({ ...rate, burst: 20 }), {
      what: 'RateLimit.perClient rate',
      value: JSON.stringify(rate),
      because: 'a limit has one rate',
      instead: 'write either requestsPerSecond or requestsPerMinute',
    });
  });

  it.each([
    ['requestsPerSecond', 0],
    ['requestsPerSecond', 0.5],
    ['requestsPerMinute', -1],
    ['burst', 0],
    ['concurrentConnections', 1.5],
  ])('refuses %s: %d', (name, value) => {
    const rate = name === 'requestsPerMinute' ? {} : { requestsPerSecond: 10 };
    expectRefusal(() => RateLimit.perClient({ ...rate, burst: 20, [name]: value }), {
      what: `RateLimit.perClient ${name}`,
      value: `${value}`,
      because: 'a whole number of at least 1',
      instead: 'write 1 or more',
    });
  });

  it('refuses a header that cannot exist', () => {
    expectRefusal(() => RateLimit.perClient({ requestsPerSecond: 10, burst: 20, header: 'X Key' }), {
      what: 'RateLimit.perClient header',
      value: '"X Key"',
      because: 'letters, digits and "-"',
      instead: 'write for example "X-Api-Key"',
    });
  });
});

describe('what controllers derive from a rate', () => {
  const perSecond = RateLimit.perClient({ requestsPerSecond: 3, burst: 3 });
  const perMinute = RateLimit.perClient({ requestsPerMinute: 30, burst: 30 });

  it('is its unit', () => {
    expect([perSecond, perMinute].map(rateUnit)).toEqual(['second', 'minute']);
  });

  it('and the requests in a window, which may be no whole number', () => {
    expect([perSecond, perMinute].map((rate) => requestsWithin(rate, 10))).toEqual([30, 5]);
    expect(requestsWithin(perMinute, 1)).toBe(0.5);
  });
});
