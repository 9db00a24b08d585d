import type { k8s } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { at, find } from '../support/manifests';
import { renderNimDeployment } from '../support/nims';
import { expectRefusal } from '../support/refusals';

describe('tolerations', () => {
  it.each<k8s.Toleration>([
    { key: 'sku', operator: 'Equal', value: 'gpu', effect: 'NoSchedule' },
    { key: 'sku', value: 'gpu' },
    { key: 'sku', operator: 'Exists' },
    { operator: 'Exists' },
    { key: 'sku', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 },
  ])('take %j', (toleration) => {
    const tolerations = at(
      find(renderNimDeployment({ tolerations: [toleration] }), 'Deployment'),
      'spec.template.spec.tolerations',
    );
    expect(tolerations).toContainEqual(toleration);
  });

  it('refuse a value that nothing compares', () => {
    expectRefusal(() => renderNimDeployment({ tolerations: [{ key: 'a', operator: 'Exists', value: 'b' }] }), {
      what: 'NimDeployment tolerations[0] value',
      value: '"b"',
      because: 'with "Exists" any value is tolerated',
      instead: 'leave value out, or write operator: "Equal"',
    });
  });

  it.each<k8s.Toleration>([{ value: 'b' }, { operator: 'Equal', key: '' }])(
    'refuse %j, which names no taint',
    (toleration) => {
      expectRefusal(() => renderNimDeployment({ tolerations: [toleration] }), {
        what: 'NimDeployment tolerations[0] key',
        value: toleration.key === undefined ? 'nothing' : '""',
        because: 'a toleration without a key is for every taint',
        instead: 'operator: "Exists" for every taint',
      });
    },
  );

  it('refuse a time for what evicts nobody', () => {
    expectRefusal(
      () => renderNimDeployment({ tolerations: [{ key: 'a', effect: 'NoSchedule', tolerationSeconds: 5 }] }),
      {
        what: 'NimDeployment tolerations[0] tolerationSeconds',
        value: '5',
        because: 'only pods that are evicted have such a time',
        instead: 'write effect: "NoExecute", or leave it out',
      },
    );
  });
});
