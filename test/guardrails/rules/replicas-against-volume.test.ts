import { expect, it } from 'vitest';
import { replicasAgainstVolume } from '../../../lib/guardrails/rules/replicas-against-volume';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, check, nimObjects, nimWith, testRule } from '../../support/rules';

const CLAIM = 'text-embedding-model-cache';

/** Another workload that mounts the claim of the NIM. */
const other = (kind: string, claimName = CLAIM, spec: object = {}): Manifest[] =>
  alone(kind === 'Job' ? 'batch/v1' : 'apps/v1', kind, {
    spec: {
      ...spec,
      template: {
        spec: { containers: [{ name: 'a' }], volumes: [{ name: 'a', persistentVolumeClaim: { claimName } }] },
      },
    },
  });

testRule(replicasAgainstVolume, {
  accepts: {
    'a Job that fills the claim of a NIM': [...nimObjects(), ...other('Job')],
    'another workload that is scaled to zero': [...nimObjects(), ...other('Deployment', CLAIM, { replicas: 0 })],
    'another workload on another claim': [...nimObjects(), ...other('Deployment', 'other')],
    'another workload on a shared claim': [
      ...nimWith(['PersistentVolumeClaim', 'spec.accessModes.0', 'ReadWriteMany']),
      ...other('Deployment'),
    ],
    'two workloads that are no NIMs on one claim': [
      ...alone('v1', 'PersistentVolumeClaim', { spec: { accessModes: ['ReadWriteOnce'] } }),
      ...other('Deployment', 'alone'),
      ...other('StatefulSet', 'alone'),
    ],
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
    'another workload on the claim of a NIM': [
      [...nimObjects(), ...other('StatefulSet')],
      'Deployment: spec.template.spec.volumes[0].persistentVolumeClaim',
    ],
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

it('names the other workload on the claim of a NIM', () => {
  expect(check([...nimObjects(), ...other('StatefulSet')]).findings).toContainEqual(
    expect.objectContaining({
      rule: 'replicas-against-volume',
      message: `StatefulSet embeddings/alone and this workload share the claim ${CLAIM}, whose access mode is ReadWriteOnce`,
    }),
  );
});
