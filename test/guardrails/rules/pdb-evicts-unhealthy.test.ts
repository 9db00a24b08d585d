import { pdbEvictsUnhealthy } from '../../../lib/guardrails/rules/pdb-evicts-unhealthy';
import { nimWith, REMOVED, testRule } from '../../support/rules';

testRule(pdbEvictsUnhealthy, {
  accepts: {},
  refuses: {
    'the default of Kubernetes': [
      nimWith(['PodDisruptionBudget', 'spec.unhealthyPodEvictionPolicy', REMOVED]),
      'PodDisruptionBudget: spec.unhealthyPodEvictionPolicy',
    ],
    'a healthy budget': [
      nimWith(['PodDisruptionBudget', 'spec.unhealthyPodEvictionPolicy', 'IfHealthyBudget']),
      'PodDisruptionBudget: spec.unhealthyPodEvictionPolicy',
    ],
  },
});
