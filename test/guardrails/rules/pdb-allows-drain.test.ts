import { expect, it } from 'vitest';
import { pdbAllowsDrain } from '../../../lib/guardrails/rules/pdb-allows-drain';
import { alone, check, nimObjects, nimWith, testRule } from '../../support/rules';

const SELECTOR = { matchLabels: { 'app.kubernetes.io/instance': 'text-embedding' } };

const budget = (app: string): ReturnType<typeof alone> =>
  alone('policy/v1', 'PodDisruptionBudget', {
    spec: { maxUnavailable: 1, selector: { matchLabels: { 'app.kubernetes.io/instance': app } } },
  });

testRule(pdbAllowsDrain, {
  accepts: {
    'a second budget for other pods': [...nimObjects(), ...budget('other')],
    'fewer pods than there are': nimWith(
      ['Deployment', 'spec.replicas', 3],
      ['PodDisruptionBudget', 'spec', { minAvailable: 2, selector: SELECTOR }],
    ),
    'a part of the pods': nimWith(
      ['Deployment', 'spec.replicas', 3],
      ['PodDisruptionBudget', 'spec', { minAvailable: '50%', selector: SELECTOR }],
    ),
    'a number of pods that nobody can count': alone('policy/v1', 'PodDisruptionBudget', {
      spec: { minAvailable: 1, selector: SELECTOR },
    }),
    'texts that are no percentages': ['-100%', '100%%'].flatMap((minAvailable) =>
      alone('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable, selector: SELECTOR } }),
    ),
    'no pod of a workload that is scaled to zero': nimWith(
      ['Deployment', 'spec.replicas', 0],
      ['PodDisruptionBudget', 'spec', { minAvailable: 0, selector: SELECTOR }],
    ),
    'another kind with a field of the same name': alone('machineconfiguration.openshift.io/v1', 'MachineConfigPool', {
      spec: { maxUnavailable: 0 },
    }),
  },
  refuses: {
    'two budgets for the same pods': [
      [...nimObjects(), ...budget('text-embedding')],
      'PodDisruptionBudget: spec.selector',
      'PodDisruptionBudget: spec.selector',
    ],
    'no pod may go': [
      nimWith(['PodDisruptionBudget', 'spec.maxUnavailable', 0]),
      'PodDisruptionBudget: spec.maxUnavailable',
    ],
    'no percent may go': [
      nimWith(['PodDisruptionBudget', 'spec.maxUnavailable', '0%']),
      'PodDisruptionBudget: spec.maxUnavailable',
    ],
    'as many pods as there are': [
      nimWith(['PodDisruptionBudget', 'spec', { minAvailable: 1, selector: SELECTOR }]),
      'PodDisruptionBudget: spec.minAvailable',
    ],
    'every pod': [
      nimWith(['PodDisruptionBudget', 'spec', { minAvailable: '100%', selector: SELECTOR }]),
      'PodDisruptionBudget: spec.minAvailable',
    ],
    'a part that is rounded up to every pod': [
      nimWith(
        ['Deployment', 'spec.replicas', 2],
        ['PodDisruptionBudget', 'spec', { minAvailable: '51%', selector: SELECTOR }],
      ),
      'PodDisruptionBudget: spec.minAvailable',
    ],
    'as many pods as an autoscaler keeps': [
      [
        ...nimWith(['PodDisruptionBudget', 'spec', { minAvailable: 2, selector: SELECTOR }]),
        ...alone('autoscaling/v2', 'HorizontalPodAutoscaler', {
          spec: {
            maxReplicas: 3,
            minReplicas: 2,
            scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'text-embedding' },
          },
        }),
      ],
      'PodDisruptionBudget: spec.minAvailable',
    ],
    'every one of pods that nobody can count': [
      alone('policy/v1', 'PodDisruptionBudget', { spec: { minAvailable: '100%', selector: SELECTOR } }),
      'PodDisruptionBudget: spec.minAvailable',
    ],
    'as many pods as are selected, beside others': [
      [
        ...nimWith(['PodDisruptionBudget', 'spec', { minAvailable: 1, selector: SELECTOR }]),
        ...alone('apps/v1', 'Deployment', { spec: { replicas: 3 } }),
      ],
      'PodDisruptionBudget: spec.minAvailable',
    ],
  },
});

it('names the other budget of the pods', () => {
  expect(check([...nimObjects(), ...budget('text-embedding')]).findings).toContainEqual(
    expect.objectContaining({
      rule: 'pdb-allows-drain',
      message: 'PodDisruptionBudget embeddings/alone selects its pods as well',
    }),
  );
});
