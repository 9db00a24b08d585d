import { nimGpu } from '../../../lib/guardrails/rules/nim-gpu';
import { type Change, nimWith, REMOVED, testRule } from '../../support/rules';

const CLAIM: Change = ['Deployment', 'spec.template.spec.containers.0.resources', { claims: [{ name: 'gpu' }] }];

testRule(nimGpu, {
  accepts: {
    'a variable that shows no GPU': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.env.0',
      { name: 'NVIDIA_VISIBLE_DEVICES', value: 'void' },
    ]),
    'a part of a GPU': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.resources.limits',
      { 'nvidia.com/mig-1g.10gb': 1 },
    ]),
    'a shared GPU': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.resources.limits',
      { 'nvidia.com/gpu.shared': 1 },
    ]),
    ...Object.fromEntries(
      ['nvidia.com/a100-80gb', 'nvidia.com/vgpu', 'volcano.sh/vgpu-number', 'aliyun.com/gpu-mem'].map((name) => [
        `a GPU under the name ${name}`,
        nimWith(['Deployment', 'spec.template.spec.containers.0.resources.limits', { [name]: 1 }]),
      ]),
    ),
    'a resource claim': nimWith(CLAIM, [
      'Deployment',
      'spec.template.spec.resourceClaims',
      [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }],
    ]),
    'a GPU of a virtual machine': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.resources.limits',
      { 'nvidia.com/pgpu': '1' },
    ]),
    'a program that is no NIM': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.env', []],
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
      ['Deployment', 'spec.template.spec.containers.0.resources', REMOVED],
    ),
  },
  refuses: {
    'a variable that shows every GPU of the node': [
      nimWith([
        'Deployment',
        'spec.template.spec.containers.0.env.0',
        { name: 'NVIDIA_VISIBLE_DEVICES', value: 'all' },
      ]),
      'Deployment: spec.template.spec.containers[0].env[0].name',
    ],
    'a network device of NVIDIA': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.resources.limits', { 'nvidia.com/hostdev': 1 }]),
      'Deployment: spec.template.spec.containers[0].resources.limits',
    ],
    'a resource claim that the pod does not make': [
      nimWith(CLAIM, ['Deployment', 'spec.template.spec.resourceClaims', [{ name: 'other' }, {}]]),
      'Deployment: spec.template.spec.containers[0].resources.limits',
    ],
    'a resource claim without a name': [
      nimWith(
        ['Deployment', 'spec.template.spec.containers.0.resources', { claims: [{}] }],
        ['Deployment', 'spec.template.spec.resourceClaims', [{}]],
      ),
      'Deployment: spec.template.spec.containers[0].resources.limits',
    ],
    'less than no GPU': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.resources.limits', { 'nvidia.com/gpu': '-1' }]),
      'Deployment: spec.template.spec.containers[0].resources.limits',
    ],
    'no GPU': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.resources.limits', { cpu: 1 }]),
      'Deployment: spec.template.spec.containers[0].resources.limits',
    ],
    'a number of no GPUs': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.resources.limits', { 'nvidia.com/gpu': '0' }]),
      'Deployment: spec.template.spec.containers[0].resources.limits',
    ],
    'a GPU by the name that only quotas have': [
      nimWith(['Deployment', 'spec.template.spec.containers.0.resources.limits', { 'requests.nvidia.com/gpu': 1 }]),
      'Deployment: spec.template.spec.containers[0].resources.limits',
    ],
  },
});
