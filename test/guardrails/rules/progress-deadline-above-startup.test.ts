import { progressDeadlineAboveStartup } from '../../../lib/guardrails/rules/progress-deadline-above-startup';
import { nimWith, REMOVED, testRule } from '../../support/rules';

testRule(progressDeadlineAboveStartup, {
  accepts: {
    'the default for a container without a startup probe': nimWith(
      ['Deployment', 'spec.progressDeadlineSeconds', REMOVED],
      ['Deployment', 'spec.template.spec.containers.0.startupProbe', REMOVED],
    ),
    'a short deadline of a container without a startup probe': nimWith(
      ['Deployment', 'spec.progressDeadlineSeconds', 30],
      ['Deployment', 'spec.template.spec.containers.0.startupProbe', REMOVED],
    ),
    'a StatefulSet, which has no deadline': nimWith(
      ['Deployment', 'kind', 'StatefulSet'],
      ['StatefulSet', 'spec.progressDeadlineSeconds', REMOVED],
    ),
  },
  refuses: {
    'the default for a NIM': [
      nimWith(['Deployment', 'spec.progressDeadlineSeconds', REMOVED]),
      'Deployment: spec.progressDeadlineSeconds',
    ],
    'a deadline as long as the start': [
      nimWith(['Deployment', 'spec.progressDeadlineSeconds', 1800]),
      'Deployment: spec.progressDeadlineSeconds',
    ],
    'a start that waits before the first probe': [
      nimWith(
        ['Deployment', 'spec.progressDeadlineSeconds', 1900],
        ['Deployment', 'spec.template.spec.containers.0.startupProbe.initialDelaySeconds', 200],
      ),
      'Deployment: spec.progressDeadlineSeconds',
    ],
  },
});
