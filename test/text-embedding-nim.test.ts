import { type App, Chart } from 'cdk8s';
import { Namespaces, Pods } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import {
  ClusterDns,
  Egress,
  EmbeddingModel,
  type NimDeploymentOptions,
  SecureIngress,
  TextEmbeddingNim,
} from 'cdk8s-nim';
import { at, find, inventory, render, testChart } from './support/manifests';
import {
  airGapped,
  credentialsOf,
  ingressOptions,
  nimDeployment,
  renderNimDeployment,
  renderTextEmbeddingNim,
  secretIn,
  taggedImage,
  textEmbeddingNim,
} from './support/nims';
import { messageOf } from './support/refusals';
import { runApp } from './support/programs';
import { literalsOf, nimOf } from './support/workload';

const controllerPods = {
  namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'nginx-ingress' } },
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'nginx-ingress' } },
};

/** The ports that a NIM may connect to, DNS left out. */
function openPorts(objects: ReturnType<typeof render>): unknown[] {
  const rules = at(find(objects, 'NetworkPolicy'), 'spec.egress') as unknown[];
  return [...new Set(rules.map((rule) => at(rule, 'ports.0.port')).filter((port) => port !== 53))];
}

describe('a TextEmbeddingNim with minimal props', () => {
  const objects = renderTextEmbeddingNim();

  it('is a workload and its service, with no way in from outside', () => {
    expect(inventory(objects)).toEqual([
      'Deployment text-embedding',
      'NetworkPolicy text-embedding',
      'PersistentVolumeClaim text-embedding-model-cache',
      'PodDisruptionBudget text-embedding',
      'Service text-embedding',
      'ServiceAccount text-embedding',
    ]);
    expect(at(find(objects, 'NetworkPolicy'), 'spec.ingress')).toEqual([]);
  });

  it('has the workload that a NimDeployment alone has', () => {
    const alone = renderNimDeployment();
    for (const { kind } of alone) {
      expect(find(objects, kind)).toEqual(find(alone, kind));
    }
  });

  it('reaches the public HTTPS that its model comes from', () => {
    expect(openPorts(objects)).toEqual([443]);
  });

  it('reaches nothing when it is air-gapped', () => {
    expect(openPorts(renderTextEmbeddingNim((chart) => ({ credentials: airGapped(chart) })))).toEqual([]);
  });

  it('keeps its rooms reachable', () => {
    const chart = testChart();
    const nim = textEmbeddingNim({}, chart);
    expect(nim.credentials).toBe(credentialsOf(chart));
    expect(nim.deployment.name).toBe('text-embedding');
    expect(nim.service.url).toBe('http://text-embedding.embeddings.svc:8000');
    expect(nim.ingress).toBeUndefined();
  });
});

describe('a TextEmbeddingNim with all props', () => {
  const chart = testChart();
  const peer = (name: string): Pods =>
    Pods.select(chart, name, {
      labels: { app: name },
      namespaces: Namespaces.select(chart, `${name}-namespace`, { names: [name] }),
    });
  const nim = textEmbeddingNim(
    {
      name: 'rag-embed',
      port: 9000,
      ingress: ingressOptions(chart),
      ingressControllers: [peer('edge')],
      clients: [peer('rag')],
      monitoring: [peer('prometheus')],
      egress: Egress.viaProxy('http://proxy.egress.svc:3128', [peer('proxy')]),
      dns: ClusterDns.OPENSHIFT,
    },
    chart,
  );
  const objects = render(chart);

  it('gives every object its name', () => {
    expect(inventory(objects)).toEqual([
      'Certificate rag-embed-tls',
      'Deployment rag-embed',
      'Ingress rag-embed',
      'NetworkPolicy rag-embed',
      'PersistentVolumeClaim rag-embed-model-cache',
      'PodDisruptionBudget rag-embed',
      'Service rag-embed',
      'ServiceAccount rag-embed',
    ]);
  });

  it('lets in whom it was told to, on its port', () => {
    const rules = at(find(objects, 'NetworkPolicy'), 'spec.ingress') as unknown[];
    expect(rules.map((rule) => at(rule, 'from.0.podSelector.matchLabels.app'))).toEqual(['edge', 'rag', 'prometheus']);
    expect(rules.map((rule) => at(rule, 'ports'))).toEqual(Array(3).fill([{ port: 9000, protocol: 'TCP' }]));
  });

  it('tells the NIM of the proxy that its network policy opens', () => {
    expect(openPorts(objects)).toEqual([5353, 3128]);
    expect(literalsOf(nimOf(objects))).toMatchObject({ HTTPS_PROXY: 'http://proxy.egress.svc:3128' });
  });

  it('has its way in before its service', () => {
    expect(nim.ingress).toBeInstanceOf(SecureIngress);
    expect(nim.ingress?.url).toBe('https://embeddings.example.com');
    expect(at(find(objects, 'Ingress'), 'spec.rules.0.http.paths.0.backend.service')).toEqual({
      name: 'rag-embed',
      port: { name: 'http-api' },
    });
  });
});

describe('the way in', () => {
  it('opens the network policy to the pods of the controller', () => {
    const objects = renderTextEmbeddingNim((chart) => ({ ingress: ingressOptions(chart) }));
    expect(at(find(objects, 'NetworkPolicy'), 'spec.ingress')).toEqual([
      { from: [controllerPods], ports: [{ port: 8000, protocol: 'TCP' }] },
    ]);
  });

  it.each([
    ['1.13.0', '130s'],
    ['2.0.0', '130s'],
    ['2.3.0', '130s'],
  ])('waits longer than the NIM %s may take', (tag, timeout) => {
    const objects = renderTextEmbeddingNim((chart) => ({ image: taggedImage(tag), ingress: ingressOptions(chart) }));
    expect(find(objects, 'Ingress').metadata.annotations).toMatchObject({ 'nginx.org/proxy-read-timeout': timeout });
  });

  it.each([
    [EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2, '8m'],
    [EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2, '32m'],
  ])('takes the bodies that the model needs', (model, size) => {
    const objects = renderTextEmbeddingNim((chart) => ({ model, ingress: ingressOptions(chart) }));
    expect(find(objects, 'Ingress').metadata.annotations).toMatchObject({ 'nginx.org/client-max-body-size': size });
  });
});

describe('two NIMs in one namespace', () => {
  it('share their credentials, and nothing else', () => {
    const chart = testChart();
    const credentials = credentialsOf(chart);
    for (const name of ['text', 'images']) {
      new TextEmbeddingNim(chart, name, { model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2, credentials });
    }
    const objects = render(chart);
    expect(objects).toHaveLength(12);
    expect(new Set(inventory(objects)).size).toBe(12);
  });
});

describe('whatever a NimDeployment refuses', () => {
  it.each<[string, Partial<NimDeploymentOptions>]>([
    ['a name', { name: 'Text' }],
    ['a port', { port: 8001 }],
    ['replicas', { replicas: 2 }],
    ['a literal secret', { env: { HF_TOKEN: 'x' } }],
  ])('is refused here with the same words: %s', (_, props) => {
    expect(messageOf(() => textEmbeddingNim(props))).toBe(messageOf(() => nimDeployment(props)));
  });

  it('ends the program before anything is written', () => {
    const { error, files } = runApp((app: App) => {
      textEmbeddingNim({ env: { HF_TOKEN: 'x' } }, new Chart(app, 'production', { namespace: 'embeddings' }));
    });
    expect(error).toContain('NimDeployment env HF_TOKEN: "(hidden)" is refused');
    expect(files).toEqual([]);
  });

  it('ends the program before anything is written when the way in is what is wrong', () => {
    const { error, files } = runApp((app: App) => {
      textEmbeddingNim(
        (chart) => ({ ingress: { ...ingressOptions(chart), host: '*.example.com' } }),
        new Chart(app, 'production', { namespace: 'embeddings' }),
      );
    });
    expect(error).toContain('SecureIngress host: "*.example.com" is refused');
    expect(files).toEqual([]);
  });
});

describe('a secret from a reference', () => {
  it('reaches the NIM as a reference', () => {
    const nim = nimOf(
      renderTextEmbeddingNim((chart) => ({ secretEnv: { HF_TOKEN: { secret: secretIn(chart, 'hf'), key: 'token' } } })),
    );
    expect(nim.env).toContainEqual({ name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hf', key: 'token' } } });
  });
});
