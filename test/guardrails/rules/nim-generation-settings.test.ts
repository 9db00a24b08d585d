import { expect, it } from 'vitest';
import { nimGenerationSettings } from '../../../lib/guardrails/rules/nim-generation-settings';
import type { Manifest } from '../../../lib/manifests/manifest';
import { DIGEST } from '../../support/nims';
import { check, nimWith, testRule } from '../../support/rules';

const withVariables = (tag: string, variables: Record<string, string>): Manifest[] =>
  nimWith(
    ['Deployment', 'spec.template.spec.containers.0.image', `nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:${tag}`],
    [
      'Deployment',
      'spec.template.spec.containers.0.env',
      Object.entries(variables).map(([name, value]) => ({ name, value })),
    ],
  );

testRule(nimGenerationSettings, {
  accepts: {
    // NVIDIA's charts and operator write them for every NIM.
    'the port of LLM NIMs, where it is the one of the API': withVariables('1.13.0', { NIM_SERVER_PORT: '8000' }),
    'the ports of others, where they are the one of the API of an image 2.x': withVariables('2.4.0', {
      NIM_HTTP_API_PORT: '9000',
      NIM_SERVER_PORT: '9000',
      NIM_SERVER_BIND_ADDR: '0.0.0.0:9000',
    }),
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
    'the port of LLM NIMs, where it is another one': [
      withVariables('1.13.0', { NIM_SERVER_PORT: '9000' }),
      'Deployment: spec.template.spec.containers[0].env[0].name',
    ],
    'the port of LLM NIMs, where the API has another one': [
      withVariables('1.13.0', { NIM_SERVER_PORT: '8000', NIM_HTTP_API_PORT: '9000' }),
      'Deployment: spec.template.spec.containers[0].env[0].name',
    ],
    'the port of 1.x for an image 2.x, where it is another one': [
      withVariables('2.4.0', { NIM_HTTP_API_PORT: '9000' }),
      'Deployment: spec.template.spec.containers[0].env[0].name',
    ],
    'the address of 2.0 for an image 2.2, which does not start with it': [
      withVariables('2.2.0', { NIM_BIND_ADDR: '8000' }),
      'Deployment: spec.template.spec.containers[0].env[0].name',
    ],
    'a setting of 2.x for an image 1.x': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.env.0.name', 'NIM_SERVER_BIND_ADDR']),
      'Deployment: spec.template.spec.containers[0].env[0].name',
    ],
    'a setting of 1.x for an image 2.x': [
      withVariables('2.4.0', { NIM_LOG_LEVEL: 'INFO' }),
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

it('says where an embedding NIM listens', () => {
  const [finding] = check(withVariables('1.13.0', { NIM_SERVER_PORT: '9000' })).findings.filter(
    ({ rule }) => rule === nimGenerationSettings.id,
  );
  expect(finding?.message).toBe(
    'NIM_SERVER_PORT: it is a setting of LLM NIMs, and an embedding NIM listens where NIM_HTTP_API_PORT (1.x), NIM_BIND_ADDR (2.0) or NIM_SERVER_BIND_ADDR (2.2 and newer) says, and the image is of 1.x',
  );
});
