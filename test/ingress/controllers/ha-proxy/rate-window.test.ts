import { Duration } from 'cdk8s';
import { IngressController, RateLimit, type SecureIngressOptions } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { haProxyIngress } from '../../../support/ha-proxy';
import { at, find, render, testChart } from '../../../support/manifests';
import { expectRefusal } from '../../../support/refusals';

describe('the window of the rate limit', () => {
  function window(name: string, chart = testChart(), options: Partial<SecureIngressOptions> = {}): number {
    haProxyIngress(options, chart, name);
    const period = at(find(render(chart), 'Ingress', name), 'metadata.annotations');
    return Number((period as Record<string, string>)['haproxy.org/rate-limit-period']?.replace('ms', ''));
  }

  it('is the burst divided by the rate, and at most a tenth longer', () => {
    for (const name of ['a', 'b', 'text-embedding', 'reranking', 'search', 'documents']) {
      expect(window(name)).toBeGreaterThanOrEqual(3000);
      expect(window(name)).toBeLessThanOrEqual(3300);
    }
  });

  it('is the same in every run, and another one for another name or namespace', () => {
    expect(window('text-embedding')).toBe(window('text-embedding'));
    expect(window('reranking')).not.toBe(window('text-embedding'));
    expect(window('text-embedding', testChart({ namespace: 'staging' }))).not.toBe(window('text-embedding'));
  });

  it('is refused when another ingress of the app has it, because they would share their counters', () => {
    const chart = testChart();
    const controller = IngressController.haProxy({ rateWindowOffset: Duration.millis(0) });
    haProxyIngress({ controller }, chart, 'a');
    expectRefusal(() => haProxyIngress({ controller }, chart, 'b'), {
      what: 'rate limit window of test/b-ingress',
      value: '"3000 ms"',
      because: 'test/a-ingress has the same one',
      instead: 'IngressController.haProxy({ rateWindowOffset: Duration.millis(…) })',
    });
  });

  it('may be that of an ingress of another class, which is another HAProxy', () => {
    const chart = testChart();
    const rateWindowOffset = Duration.millis(0);
    haProxyIngress({ controller: IngressController.haProxy({ rateWindowOffset }) }, chart, 'a');
    const controller = IngressController.haProxy({ rateWindowOffset, ingressClassName: 'haproxy-internal' });
    expect(window('b', chart, { controller })).toBe(3000);
  });

  it('is refused when HAProxy cannot count that long', () => {
    const rateLimit = RateLimit.perClient({ requestsPerMinute: 1, burst: 40_000 });
    expectRefusal(() => haProxyIngress({ rateLimit }), {
      what: 'RateLimit.perClient burst',
      value: '40000',
      because: 'HAProxy would have to count over',
      instead: 'lower the burst',
    });
  });

  it('is refused with an offset that is no whole number of milliseconds', () => {
    const controller = IngressController.haProxy({ rateWindowOffset: Duration.millis(0.5) });
    expectRefusal(() => haProxyIngress({ controller }), {
      what: 'IngressController.haProxy rateWindowOffset',
      value: '"0.5 millis"',
      because: 'it is a whole number of milliseconds',
      instead: 'Duration.millis(7)',
    });
  });
});
