import { Duration } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import {
  ApiScheme,
  type HttpApi,
  type IApiPods,
  InternalTls,
  Observability,
  type ObservabilityOptions,
  ObservabilityPart,
  RestrictedService,
  type RestrictedServiceProps,
} from 'cdk8s-nim';
import { at, find, inventory, type Manifest, render, testChart } from '../support/manifests';
import { nimDeployment, secretIn, taggedImage } from '../support/nims';
import { PROMETHEUS, renderWatchedNim } from '../support/observability';
import { expectRefusal } from '../support/refusals';

function podMonitor(objects: readonly Manifest[]): Manifest {
  return find(objects, 'PodMonitor');
}

/** A service before pods that are a NIM but for their API. */
function observe(
  api: Partial<HttpApi>,
  service: Partial<RestrictedServiceProps> = { monitoring: [PROMETHEUS] },
  options: ObservabilityOptions = {},
): Manifest[] {
  const chart = testChart();
  const nim = nimDeployment({}, chart);
  const pods = Object.create(nim, { api: { value: { ...nim.api, ...api } } }) as IApiPods;
  const observed = new RestrictedService(chart, 'api', { pods, ...service });
  new Observability(chart, 'observability', { service: observed, ...options });
  return render(chart);
}

describe('the PodMonitor', () => {
  it('selects the pods of the service, in its own namespace', () => {
    const objects = renderWatchedNim();

    expect(podMonitor(objects).metadata).toMatchObject({ name: 'text-embedding', namespace: 'embeddings' });
    expect(at(podMonitor(objects), 'spec.selector')).toEqual({
      matchLabels: at(find(objects, 'Service'), 'spec.selector'),
    });
    expect(at(podMonitor(objects), 'spec')).not.toHaveProperty('namespaceSelector');
  });

  it.each(['1.13.0', '2.0.0', '2.2.2'])('reads /v1/metrics on the port of the API of %s', (tag) => {
    const objects = renderWatchedNim({ image: taggedImage(tag) });

    expect(at(podMonitor(objects), 'spec.podMetricsEndpoints')).toEqual([{ port: 'http-api', path: '/v1/metrics' }]);
  });

  it('reads the metrics of Triton where they have a port', () => {
    const objects = renderWatchedNim({ tritonMetrics: true });

    expect(at(podMonitor(objects), 'spec.podMetricsEndpoints')).toEqual([
      { port: 'http-api', path: '/v1/metrics' },
      { port: 'triton-metrics', path: '/metrics' },
    ]);
  });

  it('names only ports that a container declares and that the network policy opens to Prometheus', () => {
    const objects = renderWatchedNim({ tritonMetrics: true });
    const containers = at(find(objects, 'Deployment'), 'spec.template.spec.containers') as {
      readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
    }[];
    const numbers = (at(podMonitor(objects), 'spec.podMetricsEndpoints') as { readonly port: string }[]).map(
      ({ port }) => containers[0]?.ports.find(({ name }) => name === port)?.containerPort,
    );

    expect(numbers).toEqual([8000, 8002]);
    expect(at(find(objects, 'NetworkPolicy'), 'spec.ingress')).toEqual(
      numbers.map((port) => ({
        from: [
          {
            namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
            podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
          },
        ],
        ports: [{ port, protocol: 'TCP' }],
      })),
    );
  });

  it('has the labels that the Prometheus of the cluster selects by', () => {
    const objects = renderWatchedNim({ observability: { prometheusLabels: { release: 'stack' } } });

    expect(podMonitor(objects).metadata.labels).toEqual({
      ...find(objects, 'Service').metadata.labels,
      release: 'stack',
    });
  });

  it('says how often only when it is told', () => {
    const objects = renderWatchedNim({ observability: { scrapeInterval: Duration.seconds(15) } });

    expect(at(podMonitor(objects), 'spec.podMetricsEndpoints.0.interval')).toBe('15s');
  });

  it('is for any service with metrics', () => {
    const objects = observe({ metricsPath: '/numbers' });

    expect(podMonitor(objects).metadata.name).toBe('api');
    expect(at(podMonitor(objects), 'spec.podMetricsEndpoints.0.path')).toBe('/numbers');
  });
});

describe('what cannot be read', () => {
  it('is refused when nobody may connect', () => {
    expectRefusal(() => observe({}, {}), {
      what: 'Observability service monitoring',
      value: '[]',
      because: 'the network policy lets no monitoring pod in',
      instead:
        "monitoring: [Peer.pods({ labels: { 'app.kubernetes.io/name': 'prometheus' }, namespace: 'monitoring' })]",
    });
  });

  it('is refused when there are no metrics', () => {
    const chart = testChart();
    const nim = nimDeployment({}, chart);
    const { paths, internalPaths, readinessPath } = nim.api;
    const pods = Object.create(nim, { api: { value: { paths, internalPaths, readinessPath } } }) as IApiPods;
    const service = new RestrictedService(chart, 'api', { pods, monitoring: [PROMETHEUS] });

    expectRefusal(() => new Observability(chart, 'observability', { service }), {
      what: 'Observability service',
      value: '{}',
      because: 'the pods serve no metrics',
      instead: 'name the path of the metrics',
    });
  });

  it('is refused over TLS with a certificate that nothing names', () => {
    expectRefusal(() => observe({ scheme: ApiScheme.HTTPS }), {
      what: 'Observability service scheme',
      value: '"https"',
      because: 'Prometheus could not check it',
      instead: 'InternalTls.fromSecretName(…)',
    });
  });
});

describe('pods of which no workload is known', () => {
  const watched = (parts?: ObservabilityPart[]): string[] => {
    const chart = testChart();
    const pods = Object.create(nimDeployment({}, chart), { workload: { value: undefined } }) as IApiPods;
    const service = new RestrictedService(chart, 'api', { pods, monitoring: [PROMETHEUS] });
    new Observability(chart, 'observability', { service, ...(parts === undefined ? {} : { parts }) });
    return inventory(render(chart));
  };

  it('are read, and an alert says when they cannot be', () => {
    expect(watched([ObservabilityPart.SCRAPE, ObservabilityPart.ALERTS])).toEqual(
      expect.arrayContaining(['PodMonitor api', 'PrometheusRule api']),
    );
  });

  it.each<[ObservabilityPart, ObservabilityPart[] | undefined]>([
    [ObservabilityPart.DASHBOARD, undefined],
    [ObservabilityPart.DASHBOARD, [ObservabilityPart.DASHBOARD]],
    [ObservabilityPart.ALERTS, [ObservabilityPart.ALERTS]],
  ])('have no empty part: %s of %o', (part, parts) => {
    expectRefusal(() => watched(parts), {
      what: 'Observability parts',
      value: JSON.stringify(part),
      because: 'there is nothing that it could be about',
      instead: `or name parts without ObservabilityPart.${part.toUpperCase()}`,
    });
  });
});

describe('metrics of pods with TLS', () => {
  const image = taggedImage('1.13.0');
  const endpoint = (tls: InternalTls): unknown =>
    at(podMonitor(renderWatchedNim({ image, internalTls: tls, tritonMetrics: true })), 'spec.podMetricsEndpoints');

  it('are read with a check of the certificate, by the name of the Service', () => {
    expect(endpoint(InternalTls.fromCertManager({ clusterIssuer: 'internal-ca' }))).toEqual([
      {
        port: 'http-api',
        path: '/v1/metrics',
        scheme: 'https',
        tlsConfig: {
          serverName: 'text-embedding.embeddings.svc',
          ca: { secret: { name: 'text-embedding-internal-tls', key: 'ca.crt' } },
        },
      },
      // Triton's own port has no TLS.
      { port: 'triton-metrics', path: '/metrics' },
    ]);
  });

  it('are checked against the authority that is named', () => {
    const caSecret = secretIn(testChart(), 'authority');

    expect(endpoint(InternalTls.fromSecretName('certificate', { caSecret }))).toMatchObject([
      { tlsConfig: { ca: { secret: { name: 'authority', key: 'ca.crt' } } } },
      {},
    ]);
  });
});

describe('labels that are selected by', () => {
  const refused = (prometheusLabels: Record<string, string>) => () => {
    renderWatchedNim({ observability: { prometheusLabels } });
  };

  it('cannot be those that the construct sets', () => {
    expectRefusal(refused({ 'app.kubernetes.io/name': 'x' }), {
      what: 'Observability prometheusLabels key',
      value: '"app.kubernetes.io/name"',
      because: 'the construct sets it',
      instead: "{ release: 'kube-prometheus-stack' }",
    });
  });

  it('hold no credentials', () => {
    expectRefusal(refused({ team: 'nvapi-0123456789abcdef0123456789' }), {
      what: 'Observability prometheusLabels',
      value: '"(hidden)"',
      because: 'manifests are stored in Git',
      instead: 'labels that everybody may read',
    });
  });

  it('are labels of Kubernetes', () => {
    expectRefusal(refused({ release: 'my stack' }), {
      what: 'Observability prometheusLabels release',
      value: '"my stack"',
      because: 'a value is at most 63',
      instead: 'kubectl',
    });
  });
});
