import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Graph } from '../../../lib/cli/graph/graph';
import { layout } from '../../../lib/cli/graph/layout';
import { cli, GOOD, yaml } from '../../support/command-line';
import { goldenPrograms } from '../../support/programs';
import { nimObjects, nimWith } from '../../support/rules';

function graphsOf(text: string): Graph[] {
  return JSON.parse(cli(['graph', '--format', 'json', 'DIR'], { 'a.yaml': text }).out) as Graph[];
}

/** The boxes of a graph, as one text each. */
function boxes(graph: Graph | undefined): string[] {
  return (graph?.nodes ?? []).map(({ kind, title, lines }) => `${kind}: ${[title, ...lines].join('; ')}`);
}

/** What is drawn of objects without some kinds. */
function without(...kinds: string[]): string[] {
  return boxes(graphsOf(yaml(nimObjects().filter(({ kind }) => !kinds.includes(kind))))[0]);
}

describe('cdk8s-nim graph', () => {
  it('knows who reaches a NIM, whom it reaches, and what is closed', () => {
    const [graph] = graphsOf(GOOD);
    expect(graph?.title).toBe('Deployment embeddings/text-embedding');
    expect(boxes(graph)).toEqual([
      'outside: internet; every address',
      'door: Ingress of F5 NGINX Ingress Controller; embeddings.example.com; /v1/embeddings (Exact); /v1/models (Exact); other paths: closed; TLS: text-embedding-tls; limit: limit-req-rate 20r/s; login: basic-auth-secret embeddings-users',
      'service: Service text-embedding; ClusterIP; http-api TCP 8000',
      'caller: nginx-ingress; pods app.kubernetes.io/name=nginx-ingress in namespace nginx-ingress; TCP 8000',
      'closed: everybody else; closed by the network policy',
      'pods: Deployment text-embedding; llama-nemotron-embed-1b-v2; 1 pod; namespace embeddings; closed ports: 8001, 8002, 8080',
      'egress: DNS; pods k8s-app=kube-dns in namespace kube-system; 169.254.20.10/32; TCP 53, UDP 53',
      expect.stringMatching(/^egress: HTTPS; 0\.0\.0\.0\/0 without \d+ ranges; ::\/0 without \d+ ranges; TCP 443$/),
      'closedOut: anywhere else; closed by the network policy',
      'secret: Secret ngc-secret; made outside of these manifests; for the image',
      'secret: Secret ngc-api-secret; made outside of these manifests; for a variable',
    ]);
    expect(graph?.edges.filter(({ isClosed }) => isClosed).map(({ from, to }) => [from, to])).toEqual([
      ['Deployment embeddings/text-embedding closed', 'Service embeddings/text-embedding'],
      ['Deployment embeddings/text-embedding', 'Deployment embeddings/text-embedding closed out'],
    ]);
    expect(graph?.edges.map(({ label }) => label).filter((label) => label !== '')).toEqual(['HTTPS', 'TCP 8000']);
  });

  it('says when nothing limits the pods', () => {
    const found = without('NetworkPolicy');
    expect(found).toContain('caller: every pod; no network policy limits it; every port');
    expect(found).toContain('egress: everywhere; no network policy limits it; every port');
    expect(found.join()).not.toContain('closed by');
    expect(found.join()).not.toContain('closed ports');
  });

  it('says when a door has no TLS, limit or login in the manifests', () => {
    const open = nimWith(
      ['Ingress', 'spec.tls', undefined],
      ['Ingress', 'metadata.annotations[nginx.org/limit-req-rate]', ''],
      ['Ingress', 'metadata.annotations[nginx.org/basic-auth-secret]', ''],
    );
    const [graph] = graphsOf(yaml(open));
    expect(boxes(graph)[1]).toContain(
      'TLS: none is in the manifests; limit: none is in the manifests; login: none is in the manifests',
    );
    expect(graph?.edges[0]?.label).toBe('HTTP');
  });

  it('draws each cluster of a folder', () => {
    const { out } = cli(['graph', '--format', 'json', 'DIR'], { 'a/nim.yaml': GOOD, 'b/nim.yaml': GOOD });
    expect((JSON.parse(out) as Graph[]).map(({ title }) => title)).toEqual([
      'Deployment embeddings/text-embedding',
      'Deployment embeddings/text-embedding',
    ]);
  });

  it('draws workloads that are no NIM', () => {
    const pod = { spec: { containers: [{ name: 'a', image: 'example.com/team/web:1' }] } };
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: '<web>' },
      spec: { template: pod },
    };
    expect(boxes(graphsOf(stringify(deployment))[0])).toEqual([
      'caller: every pod; no network policy limits it; every port',
      'pods: Deployment <web>; web; 1 pod; namespace of the Application',
      'egress: everywhere; no network policy limits it; every port',
    ]);
    const { out } = cli(['graph', 'DIR'], { 'a.yaml': stringify(deployment) });
    expect(out).toContain('&lt;web&gt;');
    expect(out).not.toContain('<web>');
    expect(cli(['graph', '--format', 'mermaid', 'DIR'], { 'a.yaml': stringify(deployment) }).out).toContain(
      '<b>Deployment #lt;web#gt;</b>',
    );
  });

  it('writes Mermaid', () => {
    const { out } = cli(['graph', '--format', 'mermaid', 'DIR'], { 'a.yaml': GOOD });
    expect(out).toMatch(/^flowchart LR\n {2}subgraph g0\["Deployment embeddings\/text-embedding"\]\n/);
    expect(out).toContain('    g0n0["<b>internet</b><br/>every address"]\n');
    expect(out).toContain('  g0n0 -->|"HTTPS"| g0n1\n');
    expect(out).toContain('  g0n4 -. closed .-x g0n2\n');
  });

  it('writes an SVG with colours for light and for dark pages', () => {
    const { out } = cli(['graph', 'DIR'], { 'a.yaml': GOOD });
    expect(out).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 \d+ \d+"/);
    expect(out).toContain('<title>Who reaches what: Deployment embeddings/text-embedding</title>');
    const [light = '', dark = ''] = out.split('@media (prefers-color-scheme: dark) {');
    const coloured = (text: string): string[] => [...text.matchAll(/^rect\.(\w+) \{/gm)].map(([, name = '']) => name);
    expect(coloured(dark)).toEqual(coloured(light));
    expect(coloured(light).length).toBeGreaterThan(8);
  });

  it.each(goldenPrograms().map(({ golden }) => golden))('draws no two boxes over each other: %s', (golden) => {
    const { out, code } = cli(['graph', '--format', 'json', golden]);
    expect(code).toBe(0);
    for (const { nodes, edges, graph } of layout(JSON.parse(out) as Graph[])) {
      expect(nodes).toHaveLength(graph.nodes.length);
      expect(edges).toHaveLength(graph.edges.length);
      for (const box of nodes) {
        const below = nodes.filter((other) => other !== box && other.x === box.x && other.y >= box.y);
        for (const other of below) expect(other.y).toBeGreaterThanOrEqual(box.y + box.height);
        for (const line of box.lines) expect(line.length).toBeLessThanOrEqual(27);
      }
    }
  });
});

describe('cdk8s-nim graph refuses', () => {
  it.each([
    [['graph', '--format', 'png', 'DIR'], {}, '--format png: write one of svg, mermaid, json'],
    [['graph', 'DIR'], {}, 'DIR: the folder has no file named *.yaml, *.yml or *.json'],
    [['graph', 'DIR'], { 'a.yaml': 'a: b' }, 'DIR/a.yaml:1: it is no Kubernetes object'],
    [
      ['graph', 'DIR'],
      { 'a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n' },
      'DIR: there is no workload to draw',
    ],
  ])('%j with %j', (args, files, message) => {
    const { code, error, out } = cli(args, files);
    expect(error).toContain(`error: ${message}`);
    expect(out).toBe('');
    expect(code).toBe(2);
  });
});
