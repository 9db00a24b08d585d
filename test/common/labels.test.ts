import { describe, expect, it } from 'vitest';
import { instanceLabels, toLabelValue } from '../../lib/common/labels';

const instance = {
  application: 'text-embedding-nim',
  instance: 'text-embedding',
  component: 'inference',
  partOf: 'nemo-retriever',
};

describe('the labels of an instance', () => {
  it('are the recommended ones of Kubernetes, the version on the workload only', () => {
    const labels = instanceLabels({ ...instance, version: '1.13.0' });
    expect(labels.all).toEqual({
      'app.kubernetes.io/name': 'text-embedding-nim',
      'app.kubernetes.io/instance': 'text-embedding',
      'app.kubernetes.io/component': 'inference',
      'app.kubernetes.io/part-of': 'nemo-retriever',
      'app.kubernetes.io/managed-by': 'cdk8s',
    });
    expect(labels.workload).toEqual({ ...labels.all, 'app.kubernetes.io/version': '1.13.0' });
  });

  it('select by name and instance, never by a version', () => {
    expect(instanceLabels({ ...instance, version: '1.13.0' }).selector).toEqual({
      'app.kubernetes.io/name': 'text-embedding-nim',
      'app.kubernetes.io/instance': 'text-embedding',
    });
  });

  it.each([undefined, 'x'.repeat(64), '1.13.0-', '_x'])(
    'go without a version that is no label value: %j',
    (version) => {
      const labels = instanceLabels({ ...instance, version });
      expect(labels.workload).toEqual(labels.all);
    },
  );
});

describe('a text as the value of a label', () => {
  it.each([
    ['nvidia/llama-nemotron-embed-1b-v2', 'nvidia.llama-nemotron-embed-1b-v2'],
    ['example', 'example'],
  ])('keeps its words: %s', (text, value) => {
    expect(toLabelValue(text)).toBe(value);
  });

  it.each([`example/${'x'.repeat(64)}`, 'example/embed_', '_example/embed'])(
    'is a hash where a label could not hold it: %s',
    (text) => {
      expect(toLabelValue(text)).toMatch(/^[0-9a-f]{8}$/);
      expect(toLabelValue(text)).not.toBe(toLabelValue(`${text}x`));
    },
  );
});
