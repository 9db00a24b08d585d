import { describe, expect, it } from 'vitest';
import { instanceLabels } from '../../lib/common/labels';

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
