import { Duration } from 'cdk8s';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  IngressController,
  IngressTls,
  InternalTls,
  type ObservabilityOptions,
  ObservabilityPart,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { CONTROLLERS } from '../../lib/ingress/controllers';
import { METRICS } from '../../lib/observability/metrics';
import { at, find, inventory, type Manifest } from '../support/manifests';
import { type Given, ingressOptions, secretIn } from '../support/nims';
import { EVERYTHING, metricsIn, renderWatchedNim } from '../support/observability';
import { expectRefusal } from '../support/refusals';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Record<string, string>;
  readonly annotations: Record<string, string>;
}

function rulesOf(objects: readonly Manifest[]): Rule[] {
  return at(find(objects, 'PrometheusRule'), 'spec.groups.0.rules') as Rule[];
}

function names(props: Given<TextEmbeddingNimProps> = {}): string[] {
  return rulesOf(renderWatchedNim(props)).map(({ alert }) => alert);
}

const ABOUT_PODS = [
  'ApiDown',
  'ApiPodCrashLooping',
  'ApiPodCannotStart',
  'ApiPodNotReady',
  'ApiRolloutStuck',
  'ApiPodUnschedulable',
  'ApiNotCounted',
  'ApiNotScraped',
];

describe('alerts', () => {
  it('are about what is rendered, and about nothing else', () => {
    expect(names()).toEqual(ABOUT_PODS);
    expect(names(EVERYTHING)).toEqual([
      ...ABOUT_PODS,
      'ApiSecretNotReady',
      'ApiCertificateNotRenewed',
      'ApiCertificateNotReady',
      'ApiServerErrors',
      'ApiRateLimited',
    ]);
  });

  it('say nothing of a certificate that somebody else renews', () => {
    const ofSecret = names((chart) => ({
      ingress: { ...ingressOptions(chart), tls: IngressTls.fromSecret(secretIn(chart, 'certificate')) },
    }));

    expect(ofSecret).toEqual(ABOUT_PODS);
  });

  it('are about the certificate of the pods too', () => {
    const rules = rulesOf(
      renderWatchedNim((chart) => ({
        internalTls: InternalTls.fromCertManager({ clusterIssuer: 'internal-ca' }),
        ingress: { ...ingressOptions(chart), controller: IngressController.traefik() },
      })),
    );

    expect(rules.find(({ alert }) => alert === 'ApiCertificateNotReady')?.expr).toContain(
      'name=~"text-embedding-internal-tls|text-embedding-tls"',
    );
  });

  it('say nothing of answers that the controller does not count', () => {
    expect(names((chart) => ({ ingress: ingressOptions(chart) }))).toEqual([
      ...ABOUT_PODS,
      'ApiCertificateNotRenewed',
      'ApiCertificateNotReady',
    ]);
  });

  it.each([
    [1, 'ApiDown', '20m'],
    [1, 'ApiPodNotReady', '20m'],
  ])('of %i replica: %s holds as long as a start may take', (_, alert, time) => {
    const rules = rulesOf(renderWatchedNim({ startupTimeout: Duration.minutes(20) }));

    expect(rules.find((rule) => rule.alert === alert)?.for).toBe(time);
  });

  it('write a time in its largest unit', () => {
    const times = [Duration.hours(2), Duration.seconds(90)].map(
      (startupTimeout) =>
        rulesOf(renderWatchedNim({ startupTimeout })).find(({ alert }) => alert === 'ApiPodNotReady')?.for,
    );

    expect(times).toEqual(['2h', '90s']);
  });

  it('have labels to route by, and texts', () => {
    for (const { labels, annotations } of rulesOf(renderWatchedNim(EVERYTHING))) {
      expect(labels).toEqual({
        severity: expect.stringMatching(/^(critical|warning)$/) as string,
        namespace: 'embeddings',
        service: 'text-embedding',
      });
      expect(annotations['summary']).toMatch(/^.{10,70}\.$/);
      expect(annotations['description']).toMatch(/^.{10,}\.$/);
    }
  });

  it('name only metrics of the tables', () => {
    const documented = [
      ...Object.values(METRICS).map(({ name }) => name),
      ...CONTROLLERS.flatMap(({ metrics }) => (metrics.answers === undefined ? [] : [metrics.answers.metric])),
    ] as string[];
    const named = rulesOf(renderWatchedNim(EVERYTHING)).flatMap(({ expr }) => metricsIn(expr));

    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((name) => !documented.includes(name))).toEqual([]);
  });
});

describe('the runbook', () => {
  const page = readFileSync('docs/alerts.md', 'utf8');

  it('has a section for every alert, and no other', () => {
    const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);

    expect(sections.sort()).toEqual(names(EVERYTHING).sort());
  });

  it('is named in words until it has an address', () => {
    expect(rulesOf(renderWatchedNim())[0]?.annotations).toMatchObject({
      runbook: 'docs/alerts.md of cdk8s-nim, ApiDown',
    });
  });

  it('is linked, section by section', () => {
    const runbookUrl = 'https://docs.example.com/nim/alerts';
    const [down] = rulesOf(renderWatchedNim({ observability: { runbookUrl } }));

    expect(down?.annotations['runbook_url']).toBe('https://docs.example.com/nim/alerts#apidown');
    expect(down?.annotations).not.toHaveProperty('runbook');
  });

  const refused = (runbookUrl: string) => () => renderWatchedNim({ observability: { runbookUrl } });

  it.each(['docs/alerts.md', 'https://docs.example.com/alerts#top', 'ftp://docs.example.com'])(
    '%s is no address of a page',
    (runbookUrl) => {
      expectRefusal(refused(runbookUrl), {
        what: 'Observability runbookUrl',
        value: JSON.stringify(runbookUrl),
        because: 'it is the address of a page',
        instead: 'https://docs.example.com/nim/alerts',
      });
    },
  );

  it('holds no credentials', () => {
    expectRefusal(refused('https://docs.example.com/?key=nvapi-0123456789abcdef0123456789'), {
      what: 'Observability runbookUrl',
      value: '"(hidden)"',
      because: 'manifests are stored in Git',
      instead: 'https://docs.example.com/nim/alerts',
    });
  });
});

describe('parts', () => {
  const rendered = (observability: ObservabilityOptions): string[] =>
    inventory(renderWatchedNim({ observability })).filter((object) =>
      /^(ConfigMap|PodMonitor|PrometheusRule)/.test(object),
    );

  it('are rendered as they are asked for', () => {
    expect(rendered({})).toEqual([
      'ConfigMap text-embedding-dashboard',
      'PodMonitor text-embedding',
      'PrometheusRule text-embedding',
    ]);
    expect(rendered({ parts: [ObservabilityPart.SCRAPE] })).toEqual(['PodMonitor text-embedding']);
    expect(rendered({ parts: [ObservabilityPart.ALERTS] })).toEqual(['PrometheusRule text-embedding']);
    expect(rendered({ parts: [ObservabilityPart.DASHBOARD] })).toEqual(['ConfigMap text-embedding-dashboard']);
  });

  it('need nobody to be let in when nothing is read', () => {
    const objects = renderWatchedNim({ monitoring: [], observability: { parts: [ObservabilityPart.ALERTS] } });

    expect(rulesOf(objects).map(({ alert }) => alert)).not.toContain('ApiNotScraped');
  });

  it('are at least one', () => {
    expectRefusal(() => rendered({ parts: [] }), {
      what: 'Observability parts',
      value: '[]',
      because: 'nothing would be rendered',
      instead: 'leave it out for every part',
    });
  });

  it.each<[ObservabilityOptions, ObservabilityPart[], string]>([
    [{ scrapeInterval: Duration.seconds(30) }, [ObservabilityPart.ALERTS], 'ObservabilityPart.SCRAPE'],
    [{ runbookUrl: 'https://docs.example.com/alerts' }, [ObservabilityPart.SCRAPE], 'ObservabilityPart.ALERTS'],
    [{ dashboardLabels: { folder: 'nims' } }, [ObservabilityPart.SCRAPE], 'ObservabilityPart.DASHBOARD'],
    [
      { prometheusLabels: { release: 'stack' } },
      [ObservabilityPart.DASHBOARD],
      'ObservabilityPart.SCRAPE or ObservabilityPart.ALERTS',
    ],
  ])('have what an option is about: %o', (option, parts, missing) => {
    const [name = ''] = Object.keys(option);

    expectRefusal(() => rendered({ ...option, parts }), {
      what: 'Observability parts',
      value: JSON.stringify(parts),
      because: `${name} is given, and nothing that is rendered has it`,
      instead: `leave out ${name}, or add ${missing}`,
    });
    expect(() => rendered(option)).not.toThrow();
  });

  it.each([ObservabilityPart.SCRAPE, ObservabilityPart.ALERTS])(
    'are selected by labels where one of two is rendered: %s',
    (part) => {
      expect(rendered({ prometheusLabels: { release: 'stack' }, parts: [part] })).toHaveLength(1);
    },
  );
});
