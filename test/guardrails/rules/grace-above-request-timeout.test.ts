import { graceAboveRequestTimeout } from '../../../lib/guardrails/rules/grace-above-request-timeout';
import { nimWith, REMOVED, testRule } from '../../support/rules';

testRule(graceAboveRequestTimeout, {
  accepts: {
    'an image of an unknown generation': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/a:latest'],
      ['Deployment', 'spec.template.spec.terminationGracePeriodSeconds', 1],
    ),
    'a 2.x image with time for its default timeout': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:2.4.0'],
      ['Deployment', 'spec.template.spec.terminationGracePeriodSeconds', 121],
    ),
    'a 2.x image with a short timeout': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:2.4.0'],
      ['Deployment', 'spec.template.spec.containers.0.env', [{ name: 'NIM_SERVER_REQUEST_TIMEOUT_S', value: '20' }]],
      ['Deployment', 'spec.template.spec.terminationGracePeriodSeconds', 30],
    ),
  },
  refuses: {
    'the default of Kubernetes': [
      nimWith(['Deployment', 'spec.template.spec.terminationGracePeriodSeconds', REMOVED]),
      'Deployment: spec.template.spec.terminationGracePeriodSeconds',
    ],
    'a 2.x image with less than its default timeout': [
      nimWith(
        ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:2.0.0'],
        ['Deployment', 'spec.template.spec.terminationGracePeriodSeconds', 120],
      ),
      'Deployment: spec.template.spec.terminationGracePeriodSeconds',
    ],
    'a 2.x image with less than its own timeout': [
      nimWith(
        ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:2.4.0'],
        ['Deployment', 'spec.template.spec.containers.0.env', [{ name: 'NIM_SERVER_REQUEST_TIMEOUT_S', value: '300' }]],
        ['Deployment', 'spec.template.spec.terminationGracePeriodSeconds', 130],
      ),
      'Deployment: spec.template.spec.terminationGracePeriodSeconds',
    ],
  },
});
