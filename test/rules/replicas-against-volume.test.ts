import { expect, it } from 'vitest';
import { check } from '../../lib/rules/engine';
import { replicasAgainstVolume } from '../../lib/rules/replicas-against-volume';
import { alone, nimObjects, nimWith, testRule } from '../support/rules';

testRule(replicasAgainstVolume, {
  accepts: {
    'several replicas on a shared volume': nimWith(
      ['Deployment', 'spec.replicas', 3],
      ['PersistentVolumeClaim', 'spec.accessModes.0', 'ReadWriteMany'],
    ),
    'several replicas that only read': nimWith(
      ['Deployment', 'spec.replicas', 3],
      ['PersistentVolumeClaim', 'spec.accessModes.0', 'ReadOnlyMany'],
    ),
    'a claim that is not among the manifests': nimWith(
      ['Deployment', 'spec.replicas', 3],
      ['Deployment', 'spec.template.spec.volumes.0.persistentVolumeClaim.claimName', 'other'],
    ),
  },
  refuses: {
    'several replicas on ReadWriteOnce': [
      nimWith(['Deployment', 'spec.replicas', 2]),
      'Deployment: spec.template.spec.volumes[0].persistentVolumeClaim',
    ],
    'several replicas on ReadWriteOncePod': [
      nimWith(['Deployment', 'spec.replicas', 2], ['PersistentVolumeClaim', 'spec.accessModes.0', 'ReadWriteOncePod']),
      'Deployment: spec.template.spec.volumes[0].persistentVolumeClaim',
    ],
    'an autoscaler that adds replicas': [
      [
        ...nimObjects(),
        ...alone('autoscaling/v2', 'HorizontalPodAutoscaler', {
          spec: {
            maxReplicas: 3,
            minReplicas: 2,
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'text-embedding' },
          },
        }),
      ],
      'Deployment: spec.template.spec.volumes[0].persistentVolumeClaim',
    ],
  },
});

it.each([
  ['ReadWriteOnce', ['ReadWriteOnce']],
  ['not set', []],
])('says that the access mode of the claim is %s', (shown, accessModes) => {
  const { findings } = check(
    nimWith(['Deployment', 'spec.replicas', 2], ['PersistentVolumeClaim', 'spec.accessModes', accessModes]),
  );

  expect(findings).toContainEqual(
    expect.objectContaining({
      rule: 'replicas-against-volume',
      message: `2 replicas share the claim text-embedding-model-cache, whose access mode is ${shown}`,
    }),
  );
});
