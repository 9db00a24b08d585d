import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import { ArgoCdApplication, ArgoCdCluster, ArgoCdProject, RestrictedNamespace } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { argoCdApplication, deployedChart, renderArgoCd, REPOSITORY } from '../support/argo-cd';
import { at, find, render, testChart } from '../support/manifests';
import { expectRefusal, messageOf } from '../support/refusals';

const project = ArgoCdProject.fromProjectName('embeddings', REPOSITORY);

describe('an ArgoCdApplication', () => {
  it('keeps the cluster as the chart was published, also through a long outage', () => {
    expect(find(renderArgoCd(), 'Application')).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: {
        name: 'embeddings-production',
        namespace: 'argocd',
        labels: { 'app.kubernetes.io/managed-by': 'cdk8s' },
        annotations: {
          'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
          'argocd.argoproj.io/manifest-generate-paths': '.',
        },
      },
      spec: {
        project: 'embeddings',
        source: {
          repoURL: REPOSITORY,
          targetRevision: 'HEAD',
          path: 'envs/production',
          directory: { recurse: true, include: '*.k8s.yaml' },
        },
        destination: { server: 'https://kubernetes.default.svc', namespace: 'embeddings' },
        syncPolicy: {
          automated: { prune: true, selfHeal: true },
          retry: { limit: -1, refresh: true, backoff: { duration: '10s', factor: 2, maxDuration: '3m' } },
          syncOptions: ['CreateNamespace=true', 'ServerSideApply=true'],
        },
      },
    });
  });

  it('leaves the namespace to a RestrictedNamespace of the chart, also to a later one', () => {
    const argoCd = testChart({ namespace: 'argocd' });
    const chart = deployedChart(argoCd);
    argoCdApplication({ chart }, {}, argoCd);
    new RestrictedNamespace(chart, 'namespace');
    const objects = render(argoCd);
    expect(at(find(objects, 'Application'), 'spec.syncPolicy.syncOptions')).toEqual(['ServerSideApply=true']);
    expect(at(find(objects, 'AppProject'), 'spec.clusterResourceWhitelist')).toEqual([
      { group: '', kind: 'Namespace', name: 'embeddings' },
    ]);
  });

  it('has no sync options without a reason for one', () => {
    const application = find(renderArgoCd({ createNamespace: false, serverSideApply: false }), 'Application');
    expect(at(application, 'spec.syncPolicy')).not.toHaveProperty('syncOptions');
  });

  it('is refused in the chart that it deploys', () => {
    const chart = testChart();
    expectRefusal(() => new ArgoCdApplication(chart, 'embeddings', { project, chart }), {
      what: 'ArgoCdApplication chart',
      value: 'a Chart "test"',
      because: 'it would be one of the objects that it deploys',
      instead: "new Chart(app, 'argocd'",
    });
  });

  it('is refused when Argo CD shall make the namespace that the chart renders', () => {
    const message = messageOf(() =>
      renderArgoCd((argoCd) => {
        const chart = deployedChart(argoCd);
        new RestrictedNamespace(chart, 'namespace');
        return { chart, createNamespace: true };
      }),
    );
    expect(message).toContain(
      'ArgoCdApplication createNamespace: true is refused: the chart renders its namespace; leave out createNamespace',
    );
  });

  it('is refused for a chart with a Secret, with its name and not its value', () => {
    const message = messageOf(() =>
      renderArgoCd((argoCd) => {
        const chart = deployedChart(argoCd);
        new Secret(chart, 'login', { metadata: { name: 'login' }, stringData: { user: 'canary' } });
        return { chart };
      }),
    );
    expect(message).toContain('ArgoCdApplication chart: ["login"] is refused: these are Secrets in the chart');
    expect(message).toContain('such as an ExternalSecret');
    expect(message).not.toContain('canary');
  });

  it.each(['/envs', 'envs/', '../other', '.', '', 'envs//production', 'envs/*'])(
    'is refused for the path %j',
    (path) => {
      expectRefusal(() => argoCdApplication({ path }), {
        what: 'ArgoCdApplication path',
        value: JSON.stringify(path),
        because: 'leads nowhere up',
        instead: 'without "/" at its beginning and end',
      });
    },
  );

  it.each(['', 'a branch', 'main..other', '-main', '1a2b3c4d5e', '0123456789abcdef0123456789abcdef01234567'])(
    'is refused for the revision %j',
    (revision) => {
      expectRefusal(() => argoCdApplication({ revision }), {
        what: 'ArgoCdApplication revision',
        value: JSON.stringify(revision),
        because: 'it is a branch or a tag; with the hash of a commit nothing that is published later would be synced',
        instead: 'write for example "main"',
      });
    },
  );

  it('is refused with a name that no object has', () => {
    const chart = testChart({ namespace: 'argocd' });
    expect(
      messageOf(() => new ArgoCdApplication(chart, 'Production', { project, chart: deployedChart(chart) })),
    ).toContain('ArgoCdApplication id: "Production" is refused');
  });

  it('is refused for a chart without namespace', () => {
    const argoCd = testChart({ namespace: 'argocd' });
    const chart = new Chart(argoCd.node.root, 'bare');
    expect(messageOf(() => new ArgoCdApplication(argoCd, 'bare', { project, chart }))).toContain(
      'namespace of chart "bare": nothing is given',
    );
  });
});

describe('an ArgoCdCluster', () => {
  it.each([
    'http://10.0.0.1',
    'https://*',
    'kubernetes',
    'https://user:password@example.com',
    'https://a.example.com/?token=1',
  ])('is refused at %j', (server) => {
    const message = messageOf(() => ArgoCdCluster.atServer(server));
    expect(message).toContain('it is the URL of one API server, with https and without credentials');
    expect(message).toContain('write it as `argocd cluster list` prints it');
    expect(message).not.toContain('password@');
  });

  it('is refused by a name that no Application could have in its own', () => {
    expect(messageOf(() => ArgoCdCluster.named('EU 1'))).toContain('ArgoCdCluster.named name: "EU 1" is refused');
  });
});
