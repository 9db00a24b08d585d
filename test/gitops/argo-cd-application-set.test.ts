import {
  ArgoCdApplicationSet,
  type ArgoCdApplicationSetProps,
  ArgoCdCluster,
  ArgoCdClusters,
  ArgoCdProject,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { deployedChart, REPOSITORY } from '../support/argo-cd';
import { at, find, type Manifest, render, testChart } from '../support/manifests';
import { expectRefusal } from '../support/refusals';

function renderSet(clusters: ArgoCdClusters, props: Partial<ArgoCdApplicationSetProps> = {}): Manifest[] {
  const argoCd = testChart({ namespace: 'argocd' });
  const project = new ArgoCdProject(argoCd, 'embeddings', { repository: REPOSITORY });
  new ArgoCdApplicationSet(argoCd, 'search', { project, chart: deployedChart(argoCd), clusters, ...props });
  return render(argoCd);
}

const listed = ArgoCdClusters.listed([ArgoCdCluster.named('eu-1'), ArgoCdCluster.named('us-1')]);

describe('an ArgoCdApplicationSet', () => {
  it('makes an Application for each listed cluster, and a cluster that leaves keeps what it has', () => {
    const objects = renderSet(listed);
    expect(at(find(objects, 'ApplicationSet'), 'spec')).toMatchObject({
      goTemplate: true,
      goTemplateOptions: ['missingkey=error'],
      generators: [{ list: { elements: [{ name: 'eu-1' }, { name: 'us-1' }] } }],
      syncPolicy: { preserveResourcesOnDeletion: true },
      template: {
        metadata: { name: 'search-{{.name}}' },
        spec: { project: 'embeddings', destination: { name: '{{.name}}', namespace: 'embeddings' } },
      },
    });
    expect(at(find(objects, 'AppProject'), 'spec.destinations')).toEqual([
      { name: 'eu-1', namespace: 'embeddings' },
      { name: 'us-1', namespace: 'embeddings' },
    ]);
  });

  it('takes clusters by the labels of their Secrets, and allows the namespace on every cluster', () => {
    const objects = renderSet(ArgoCdClusters.labelled({ environment: 'production' }));
    expect(at(find(objects, 'ApplicationSet'), 'spec')).toMatchObject({
      generators: [{ clusters: { selector: { matchLabels: { environment: 'production' } } } }],
      template: {
        metadata: { name: 'search-{{.nameNormalized}}' },
        spec: { destination: { server: '{{.server}}', namespace: 'embeddings' } },
      },
    });
    expect(at(find(objects, 'AppProject'), 'spec.destinations')).toEqual([{ server: '*', namespace: 'embeddings' }]);
  });

  it('has in its template what an Application has', () => {
    const template = at(find(renderSet(listed, { path: 'clusters/all' }), 'ApplicationSet'), 'spec.template');
    expect(at(template, 'spec.source.path')).toBe('clusters/all');
    expect(at(template, 'spec.syncPolicy.retry.limit')).toBe(-1);
    expect(at(template, 'metadata.annotations')).toMatchObject({
      'argocd.argoproj.io/compare-options': 'ServerSideDiff=true',
    });
  });
});

describe('ArgoCdClusters', () => {
  it.each([
    [[], '[]'],
    [[ArgoCdCluster.named('eu-1'), ArgoCdCluster.named('eu-1')], '["eu-1","eu-1"]'],
    [[ArgoCdCluster.IN_CLUSTER], '["https://kubernetes.default.svc"]'],
  ])('are refused as the list %#', (clusters, value) => {
    expectRefusal(() => ArgoCdClusters.listed(clusters), {
      what: 'ArgoCdClusters.listed clusters',
      value,
      because: 'each cluster is listed once and by its name',
      instead: "ArgoCdCluster.named('in-cluster')",
    });
  });

  it('are refused without labels', () => {
    expectRefusal(() => ArgoCdClusters.labelled({}), {
      what: 'ArgoCdClusters.labelled labels',
      value: '{}',
      because: 'without labels every cluster is meant',
      instead: "write for example { environment: 'production' }",
    });
  });
});
