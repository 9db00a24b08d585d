import { LogLevel, type NimDeploymentProps } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { generations, proxyUrl } from '../support/generations';
import { at } from '../support/manifests';
import { airGapped, type Given, given, nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { literalsOf, nimOf, podOf, secretRefsOf } from '../support/workload';

describe.each(generations)('the generation $runtime.name', (generation) => {
  const image = taggedImage(generation.tag);
  const render = (props: Given<NimDeploymentProps> = {}) =>
    renderNimDeployment((chart) => ({ image, ...given(props, chart) }));
  const envWith = (props: Given<NimDeploymentProps>) => literalsOf(nimOf(render(props)));

  it('is read from the tag', () => {
    expect(nimDeployment({ image }).runtime).toBe(generation.runtime);
  });

  it('gets these variables and no others', () => {
    const nim = nimOf(render());
    expect(literalsOf(nim)).toEqual(generation.env);
    expect(secretRefsOf(nim)).toEqual({ NGC_API_KEY: 'ngc-api-secret/NGC_API_KEY' });
  });

  it('listens on the given port, and the container, its probes and its name follow', () => {
    const nim = nimOf(render({ port: 9000 }));
    expect(literalsOf(nim)).toEqual({ ...generation.env, ...generation.port });
    expect(nim.ports).toEqual([{ name: 'http-api', containerPort: 9000, protocol: 'TCP' }]);
    for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
      expect(at(nim, `${probe}.httpGet.port`)).toBe('http-api');
    }
  });

  const { ipv6 } = generation;
  if (ipv6 === undefined) {
    it('is refused on IPv6, for which it documents no setting', () => {
      expectRefusal(() => nimDeployment({ image, listenOnIpv6: true }), {
        what: 'NimDeployment listenOnIpv6',
        value: 'true',
        because: 'images 1.x document a port, and no address to listen on',
        instead: 'leave it out, or use an image 2.x',
      });
    });
  } else {
    it('listens on IPv6 as asked, on the given port', () => {
      expect(envWith({ listenOnIpv6: true })).toEqual({ ...generation.env, ...ipv6 });
      const [name = ''] = Object.keys(ipv6);
      expect(envWith({ listenOnIpv6: true, port: 9000 })[name]).toBe('[::]:9000');
    });
  }

  it('listens on IPv4 unless asked', () => {
    expect(envWith({ listenOnIpv6: false })).toEqual(generation.env);
  });

  const { metrics } = generation;
  if (metrics === undefined) {
    it('is refused with the metrics of Triton, which it does not have', () => {
      expectRefusal(() => nimDeployment({ image, tritonMetrics: true }), {
        what: 'NimDeployment tritonMetrics',
        value: 'true',
        because: 'have no Triton, and serve all their metrics on the API port',
        instead: 'leave it out: monitoring reaches the API port',
      });
    });
  } else {
    it('offers the metrics of Triton on a port of their own when asked', () => {
      const nim = nimOf(render({ tritonMetrics: true }));
      expect(literalsOf(nim)).toEqual({ ...generation.env, ...metrics });
      expect(nim.ports).toEqual([
        { name: 'http-api', containerPort: 8000, protocol: 'TCP' },
        { name: 'triton-metrics', containerPort: 8002, protocol: 'TCP' },
      ]);
      expect(nimDeployment({ image, tritonMetrics: true }).metricsPort).toMatchObject({
        name: 'triton-metrics',
        port: 8002,
        path: '/metrics',
      });
    });
  }

  it('has no port for metrics alone unless asked', () => {
    expect(nimDeployment({ image, tritonMetrics: false }).metricsPort).toBeUndefined();
    expect(nimOf(render({ tritonMetrics: false })).ports).toHaveLength(1);
  });

  it('logs as asked', () => {
    expect(envWith({ logLevel: LogLevel.WARNING })).toEqual({ ...generation.env, ...generation.quiet });
    expect(envWith({ jsonLogs: false })).toEqual({ ...generation.env, ...generation.plainLogs });
  });

  it('bounds its queue as asked', () => {
    expect(envWith({ maxQueueSize: 256 })).toEqual({ ...generation.env, ...generation.queue });
  });

  it('takes the model from the cache alone when it is air-gapped, and gets no key', () => {
    const nim = nimOf(render((chart) => ({ credentials: airGapped(chart) })));
    expect(literalsOf(nim)).toEqual(generation.offline);
    expect(secretRefsOf(nim)).toEqual({});
  });

  it('downloads through a proxy', () => {
    expect(envWith({ httpsProxy: proxyUrl })).toEqual({ ...generation.env, ...generation.proxy });
  });

  it('keeps the model and its scratch files on volumes', () => {
    const nim = nimOf(render());
    expect(Object.fromEntries(nim.volumeMounts.map(({ mountPath, name }) => [mountPath, name]))).toEqual(
      generation.mounts,
    );
    expect(nim.resources.limits['ephemeral-storage']).toBe(generation.ephemeralStorage);
  });

  it('is probed on the health paths of the API port', () => {
    const nim = nimOf(render());
    const period = { periodSeconds: 10, timeoutSeconds: 5 };
    const ready = { httpGet: { path: '/v1/health/ready', port: 'http-api' }, ...period };
    expect(nim.startupProbe).toEqual({ ...ready, failureThreshold: 180 });
    expect(nim['readinessProbe']).toEqual({ ...ready, failureThreshold: 3 });
    expect(nim['livenessProbe']).toEqual({
      httpGet: { path: '/v1/health/live', port: 'http-api' },
      ...period,
      failureThreshold: 3,
    });
  });

  it('gets time to end its last requests', () => {
    expect(podOf(render()).terminationGracePeriodSeconds).toBe(generation.graceSeconds);
  });
});
