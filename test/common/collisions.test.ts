import { type App, Chart, YamlOutputType } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Policy } from '../../imports/k8s.nginx.org-policy';
import { describe, expect, it } from 'vitest';
import { addObject } from '../../lib/common/api-object';
import { nimDeployment, textEmbeddingNim } from '../support/nims';
import { runApp } from '../support/programs';

function chartIn(app: App, id: string, namespace: string): Chart {
  return new Chart(app, id, { namespace });
}

function account(chart: Chart, id: string, name = 'nim'): void {
  addObject(chart, id, k8s.KubeServiceAccount, { metadata: { name } });
}

const TOGETHER = [YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_RESOURCE];
const APART = [YamlOutputType.FILE_PER_CHART, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE];

describe('two objects that are the same to Kubernetes', () => {
  it.each(TOGETHER)('are refused in two charts that output type %d applies together', (yamlOutputType) => {
    const { error, files } = runApp(
      (app) => {
        account(chartIn(app, 'a', 'embeddings'), 'one');
        account(chartIn(app, 'b', 'embeddings'), 'two');
      },
      { yamlOutputType },
    );
    expect(error).toContain('ServiceAccount.core "embeddings/nim" is defined 2 times (a/one, b/two)');
    expect(error).toContain('give each its own name or namespace');
    expect(error).toContain('YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE or FILE_PER_CHART');
    expect(files).toEqual([]);
  });

  it.each(APART)('are refused in one chart, with output type %d too', (yamlOutputType) => {
    const { error, files } = runApp(
      (app) => {
        const chart = chartIn(app, 'a', 'embeddings');
        account(chart, 'one');
        account(chart, 'two');
      },
      { yamlOutputType },
    );
    expect(error).toContain('ServiceAccount.core "embeddings/nim" is defined 2 times (a/one, a/two)');
    expect(files).toEqual([]);
  });

  it('are refused when they are two NIMs of one name in one namespace, and nothing is written', () => {
    const { error, files } = runApp(
      (app) => {
        textEmbeddingNim({}, chartIn(app, 'a', 'embeddings'));
        textEmbeddingNim({}, chartIn(app, 'b', 'embeddings'));
      },
      { yamlOutputType: YamlOutputType.FILE_PER_APP },
    );
    for (const kind of ['Deployment.apps', 'Service.core', 'NetworkPolicy.networking.k8s.io', 'ServiceAccount.core']) {
      expect(error).toContain(`${kind} "embeddings/text-embedding" is defined 2 times`);
    }
    expect(error).toContain('PersistentVolumeClaim.core "embeddings/text-embedding-model-cache" is defined 2 times');
    expect(error).toContain('give each its own name or namespace');
    expect(files).toEqual([]);
  });

  it('are refused once for the whole app, however many objects it has', () => {
    const { error } = runApp((app) => {
      const chart = chartIn(app, 'a', 'embeddings');
      ['one', 'two', 'three'].forEach((id) => account(chart, id));
    });
    expect(error?.match(/is defined/g)).toHaveLength(1);
    expect(error).toContain('is defined 3 times');
  });
});

describe('one app for many clusters', () => {
  it.each(APART)('may use the same names in every chart, with output type %d', (yamlOutputType) => {
    const { error, files } = runApp(
      (app) => {
        for (const cluster of ['berlin', 'tokyo']) {
          textEmbeddingNim({}, chartIn(app, cluster, 'embeddings'));
        }
      },
      { yamlOutputType },
    );
    expect(error).toBeUndefined();
    expect(files.length).toBeGreaterThan(1);
  });

  it('judges no chart in which this library has no object', () => {
    const { error } = runApp((app) => {
      textEmbeddingNim({}, chartIn(app, 'nim', 'embeddings'));
      const others = chartIn(app, 'others', 'embeddings');
      for (const id of ['one', 'two']) {
        new k8s.KubeServiceAccount(others, id, { metadata: { name: 'other' } });
      }
    });
    expect(error).toBeUndefined();
  });

  it('refuses the object of another library that has the name of one of ours', () => {
    const { error } = runApp((app) => {
      const chart = chartIn(app, 'nim', 'embeddings');
      account(chart, 'ours');
      new k8s.KubeServiceAccount(chart, 'theirs', { metadata: { name: 'nim' } });
    });
    expect(error).toContain('is defined 2 times (nim/ours, nim/theirs)');
  });
});

describe('objects that only look the same', () => {
  it.each([
    [
      'of the same name in two namespaces',
      (app: App): void => {
        account(chartIn(app, 'a', 'one'), 'x');
        account(chartIn(app, 'b', 'two'), 'x');
      },
    ],
    [
      'of two kinds',
      (app: App): void => {
        const chart = chartIn(app, 'a', 'one');
        account(chart, 'x');
        addObject(chart, 'y', k8s.KubeService, { metadata: { name: 'nim' } });
      },
    ],
    [
      'of the same kind in two API groups',
      (app: App): void => {
        const chart = chartIn(app, 'a', 'one');
        addObject(chart, 'x', Policy, { metadata: { name: 'nim' } });
        addObject(
          chart,
          'y',
          { manifest: (metadata: object) => ({ apiVersion: 'kyverno.io/v1', kind: 'Policy', metadata }) },
          { name: 'nim' },
        );
      },
    ],
  ])('%s are taken', (_, build) => {
    expect(runApp(build)).toMatchObject({ error: undefined });
  });
});

describe('two objects that cdk8s would write to one file', () => {
  const twoNamespaces = (app: App): void => {
    nimDeployment({}, chartIn(app, 'staging', 'embeddings-staging'));
    nimDeployment({}, chartIn(app, 'production', 'embeddings'));
  };

  it('are refused with one file for each resource, and nothing is written', () => {
    const { error, files } = runApp(twoNamespaces, { yamlOutputType: YamlOutputType.FILE_PER_RESOURCE });
    expect(error).toContain('output file Deployment.text-embedding would be written 2 times');
    expect(error).toContain('the last one wins');
    expect(error).toContain('YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE');
    expect(files).toEqual([]);
  });

  it('are refused within the folder of a chart, and nothing is written', () => {
    const { error, files } = runApp(
      (app) => {
        const chart = chartIn(app, 'production', 'embeddings');
        addObject(chart, 'one', k8s.KubeServiceAccount, { metadata: { name: 'nim', namespace: 'one' } });
        addObject(chart, 'two', k8s.KubeServiceAccount, { metadata: { name: 'nim', namespace: 'two' } });
      },
      { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE },
    );
    expect(error).toContain('output file production/ServiceAccount.nim would be written 2 times');
    expect(files).toEqual([]);
  });

  it.each([
    [YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE, 8],
    [YamlOutputType.FILE_PER_CHART, 2],
    [YamlOutputType.FILE_PER_APP, 1],
  ])('do not meet in output type %d: every object is written', (yamlOutputType, count) => {
    const { error, files } = runApp(twoNamespaces, { yamlOutputType });
    expect(error).toBeUndefined();
    expect(files).toHaveLength(count);
  });
});

describe('a constructor that throws', () => {
  it('ends the program before anything is written, whatever was built before', () => {
    const { error, files } = runApp((app) => {
      textEmbeddingNim({}, chartIn(app, 'good', 'one'));
      textEmbeddingNim({ port: 80 }, chartIn(app, 'bad', 'two'));
    });
    expect(error).toContain('TextEmbeddingNim port: 80 is refused');
    expect(files).toEqual([]);
  });
});
