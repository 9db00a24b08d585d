import { nimGenerationSettings } from '../../../lib/guardrails/rules/nim-generation-settings';
import { DIGEST } from '../../support/nims';
import { nimWith, testRule } from '../../support/rules';

testRule(nimGenerationSettings, {
  accepts: {
    'settings of a 2.x image': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:2.4.0'],
      ['Deployment', 'spec.template.spec.containers.0.env', [{ name: 'NIM_SERVER_BIND_ADDR', value: '0.0.0.0:8000' }]],
    ),
    'an image of an unknown generation': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.image', `nvcr.io/nim/nvidia/a@${DIGEST}`],
      ['Deployment', 'spec.template.spec.containers.0.env.0.name', 'NIM_SERVER_BIND_ADDR'],
    ),
    'a program that is no NIM': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
      ['Deployment', 'spec.template.spec.containers.0.env', [{ name: 'RUST_LOG', value: 'info' }]],
    ),
  },
  refuses: {
    'a setting of 2.x for an image 1.x': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.env.0.name', 'NIM_SERVER_BIND_ADDR']),
      'Deployment: spec.template.spec.containers[0].env[0].name',
    ],
    'a setting of 1.x for an image 2.x': [
      nimWith(
        ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:2.4.0'],
        ['Deployment', 'spec.template.spec.containers.0.env', [{ name: 'NIM_HTTP_API_PORT', value: '8000' }]],
      ),
      'Deployment: spec.template.spec.containers[0].env[0].name',
    ],
    'a setting of 2.0 for an image 2.2': [
      nimWith(
        ['Deployment', 'spec.template.spec.containers.0.image', 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:2.2.0'],
        ['Deployment', 'spec.template.spec.containers.0.env', [{ name: 'NIM_BIND_ADDR', value: '0.0.0.0:8000' }]],
      ),
      'Deployment: spec.template.spec.containers[0].env[0].name',
    ],
    'an init container of the same image': [
      nimWith([
        'Deployment',
        'spec.template.spec.initContainers',
        [
          {
            name: 'a',
            image: 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0',
            env: [{ name: 'NIM_PERFORMANCE_MODE', value: '1' }],
          },
        ],
      ]),
      'Deployment: spec.template.spec.initContainers[0].env[0].name',
    ],
  },
});
