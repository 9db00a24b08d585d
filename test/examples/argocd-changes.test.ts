import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changedLines, renderText } from '../support/change';

/** The example is the fixture: it has the shape of main.ts, which people edit. */
const PROGRAM = readFileSync('examples/argocd/main.ts', 'utf8');
const WHOLE = renderText(PROGRAM);

/** One line of the program, in its place another, and the lines that change by it. */
type Change = readonly [what: string, line: string, instead: string, changes: Readonly<Record<string, number>>];

const nimIn = (folder: string, lines: number): Record<string, number> => ({
  [`${folder}/Deployment.text-embedding.k8s.yaml`]: lines,
});

const CHANGES: readonly Change[] = [
  // Two replicas are spread over nodes and zones, which one is not.
  ['a second replica', '  replicas: 1,', '  replicas: 2,', nimIn('staging', 27)],
  [
    'the replicas of production, on both clusters',
    '  replicas: 3,',
    '  replicas: 4,',
    { ...nimIn('production-eu', 2), ...nimIn('production-us', 2) },
  ],
  [
    'the replicas of one of the clusters',
    "    host: 'embeddings.us.example.com',",
    "    host: 'embeddings.us.example.com', replicas: 4,",
    nimIn('production-us', 2),
  ],
  [
    'a host',
    "  host: 'embeddings.staging.example.com',",
    "  host: 'embeddings.test.example.com',",
    {
      'staging/Certificate.text-embedding-tls.k8s.yaml': 2,
      'staging/Ingress.text-embedding-redirect.k8s.yaml': 2,
      'staging/Ingress.text-embedding.k8s.yaml': 4,
    },
  ],
  [
    'a cluster',
    "    cluster: ArgoCdCluster.named('us-1'),",
    "    cluster: ArgoCdCluster.named('us-2'),",
    {
      'argocd/AppProject.embeddings.k8s.yaml': 2,
      'argocd/Application.embeddings-production-us.k8s.yaml': 2,
    },
  ],
  [
    'what all of them share',
    '      rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),',
    '      rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 80 }),',
    Object.fromEntries(
      ['production-eu', 'production-us', 'staging'].map((folder) => [
        `${folder}/Middleware.text-embedding-rate-limit.k8s.yaml`,
        2,
      ]),
    ),
  ],
  [
    'the repository',
    "const repository = 'https://git.example.com/platform/manifests.git';",
    "const repository = 'https://git.example.com/search/manifests.git';",
    {
      'argocd/AppProject.embeddings.k8s.yaml': 2,
      'argocd/Application.embeddings-production-eu.k8s.yaml': 2,
      'argocd/Application.embeddings-production-us.k8s.yaml': 2,
      'argocd/Application.embeddings-staging.k8s.yaml': 2,
      'root/AppProject.embeddings-root.k8s.yaml': 2,
      'root/Application.embeddings.k8s.yaml': 2,
    },
  ],
];

describe('a change of one line of the program', () => {
  it.each(CHANGES)('%s', (_, line, instead, changes) => {
    expect(PROGRAM.split('\n').filter((candidate) => candidate === line)).toHaveLength(1);
    const after = renderText(PROGRAM.replace(line, instead));
    expect(changedLines(WHOLE, after)).toEqual(changes);
  });

  it('that is one environment more changes nothing of the others', () => {
    const after = renderText(
      PROGRAM.replace(
        '\n  staging,\n',
        "\n  staging,\n  preview: { ...staging, namespace: 'embeddings-preview', host: 'preview.example.com' },\n",
      ),
    );
    const changed = Object.keys(changedLines(WHOLE, after));
    const others = changed.filter((file) => !file.startsWith('preview/'));
    expect(others).toEqual(['argocd/AppProject.embeddings.k8s.yaml', 'argocd/Application.embeddings-preview.k8s.yaml']);
    expect(changed.length - others.length).toBe(
      Object.keys(WHOLE).filter((file) => file.startsWith('staging/')).length,
    );
    // Its namespace, once as a place and once as an object.
    expect(changedLines(WHOLE, after)['argocd/AppProject.embeddings.k8s.yaml']).toBe(5);
  });
});

describe('an environment that is named', () => {
  it.each(['staging', 'production-eu', 'production-us', 'argocd', 'root'])(
    'is rendered alone, as in the whole: %s',
    (name) => {
      const part = Object.entries(WHOLE).filter(([file]) => file.startsWith(`${name}/`));
      expect(part.length).toBeGreaterThan(1);
      expect(renderText(PROGRAM, { CDK8S_ENVIRONMENT: name })).toEqual(Object.fromEntries(part));
    },
  );

  it('and is not there is refused with those that are', () => {
    expect(() => renderText(PROGRAM, { CDK8S_ENVIRONMENT: 'prod' })).toThrow(
      'CDK8S_ENVIRONMENT: there is no "prod", but argocd, staging, production-eu, production-us, root',
    );
  });
});
