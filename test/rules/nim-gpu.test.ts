import { nimGpu } from '../../lib/rules/nim-gpu';
import { nimWith, REMOVED, testRule } from '../support/rules';

testRule(nimGpu, {
  accepts: {
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
    'a resource claim': nimWith([
      'Deployment',
      'spec.template.spec.containers.0.resources',
      { claims: [{ name: 'gpu' }] },
    ]),
    'a program that is no NIM': nimWith(
      ['Deployment', 'spec.template.spec.containers.0.env', []],
      ['Deployment', 'spec.template.spec.containers.0.image', 'registry.example.com/a:1.0.0'],
      ['Deployment', 'spec.template.spec.containers.0.resources', REMOVED],
    ),
  },
  refuses: {
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
