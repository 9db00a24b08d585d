import { describe, expect, it } from 'vitest';
import { Egress, ModelCache, OpenTelemetry, Peer } from 'cdk8s-nim';
import { at, find, type Manifest } from '../support/manifests';
import { renderNimDeployment, renderTextEmbeddingNim, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';

const ENDPOINT = 'http://collector.observability.svc:4318';
const COLLECTOR = Peer.pods({ labels: { app: 'collector' }, namespace: 'observability' });
const openTelemetry = OpenTelemetry.otlpHttp(ENDPOINT, [COLLECTOR]);
const RULE = {
  to: [
    {
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'observability' } },
      podSelector: { matchLabels: { app: 'collector' } },
    },
  ],
  ports: [{ port: 4318, protocol: 'TCP' }],
};

function environment(objects: readonly Manifest[]): Record<string, string | undefined> {
  const env = at(find(objects, 'Deployment'), 'spec.template.spec.containers.0.env') as {
    readonly name: string;
    readonly value?: string;
  }[];
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
}

function egressOf(objects: readonly Manifest[], name: string): unknown {
  return at(
    objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name),
    'spec.egress',
  );
}

describe('telemetry', () => {
  it('is sent to the collector under the name of the NIM', () => {
    expect(environment(renderNimDeployment({ openTelemetry, name: 'search' }))).toMatchObject({
      NIM_ENABLE_OTEL: '1',
      OTEL_SERVICE_NAME: 'search',
      OTEL_EXPORTER_OTLP_ENDPOINT: ENDPOINT,
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_METRICS_EXPORTER: 'otlp',
    });
  });

  it('opens the network policy for the port of the collector', () => {
    expect(egressOf(renderTextEmbeddingNim({ openTelemetry }), 'text-embedding')).toContainEqual(RULE);
  });

  it('is of the NIM, not of the Jobs that fill its cache', () => {
    const objects = renderTextEmbeddingNim({ openTelemetry, modelCache: ModelCache.prefetched(ModelCache.claim()) });

    expect(egressOf(objects, 'text-embedding')).toContainEqual(RULE);
    expect(egressOf(objects, 'text-embedding-fill')).not.toContainEqual(RULE);
    expect(JSON.stringify(find(objects, 'Job'))).not.toContain('OTEL_');
  });

  it('goes past the proxy, which the network policy opens for the download', () => {
    const egress = Egress.viaProxy('http://proxy.egress.svc:3128', [Peer.pods({ labels: { app: 'proxy' } })]);
    const telemetry = OpenTelemetry.otlpHttp('http://otel.corp.example:4318', [Peer.cidr('10.1.2.3/32')]);

    expect(environment(renderTextEmbeddingNim({ egress, openTelemetry: telemetry }))['NO_PROXY']).toBe(
      'localhost,127.0.0.1,.svc,.cluster.local,otel.corp.example',
    );
  });

  it.each(['2.0.0', '2.2.2'])('is refused with %s, which exports none', (tag) => {
    expectRefusal(() => renderNimDeployment({ image: taggedImage(tag), openTelemetry }), {
      what: 'NimDeployment openTelemetry',
      value: JSON.stringify(ENDPOINT),
      because: 'export no OpenTelemetry',
      instead: 'let Prometheus read the metrics (observability)',
    });
  });

  it.each(['collector:4318', 'http://collector', 'http://collector:4318/v1/traces', 'grpc://collector:4317'])(
    '%s is no endpoint',
    (endpoint) => {
      expectRefusal(() => OpenTelemetry.otlpHttp(endpoint, [COLLECTOR]), {
        what: 'OpenTelemetry.otlpHttp endpoint',
        value: JSON.stringify(endpoint),
        because: 'scheme, host and port',
        instead: '"http://collector.observability.svc:4318"',
      });
    },
  );

  it('has a port that exists', () => {
    expectRefusal(() => OpenTelemetry.otlpHttp('http://collector:70000', [COLLECTOR]), {
      what: 'OpenTelemetry.otlpHttp port',
      value: '70000',
      because: 'from 1 to 65535',
      instead: 'the port that the server listens on',
    });
  });

  it('is refused without a collector to let through', () => {
    expectRefusal(() => OpenTelemetry.otlpHttp(ENDPOINT, []), {
      what: 'Egress.tcpTo peers',
      value: '[]',
      because: 'nothing would be reachable',
      instead: 'name at least one peer',
    });
  });
});
