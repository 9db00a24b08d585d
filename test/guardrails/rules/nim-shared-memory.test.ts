import { nimSharedMemory } from '../../../lib/guardrails/rules/nim-shared-memory';
import type { Manifest } from '../../../lib/manifests/manifest';
import { DIGEST } from '../../support/nims';
import { nimWith, testRule } from '../../support/rules';

const POD = 'spec.template.spec';
const MODEL = 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2';
const MOUNTS = `Deployment: ${POD}.containers[0].volumeMounts`;
const MEMORY = { emptyDir: { medium: 'Memory', sizeLimit: '16Gi' } };

/** A NIM with one volume and one mount. */
const withVolume = (mountPath: string, volume: object, image = `${MODEL}:1.13.0`): Manifest[] =>
  nimWith(
    ['Deployment', `${POD}.containers.0.image`, image],
    ['Deployment', `${POD}.containers.0.volumeMounts`, [{ name: 'a', mountPath }]],
    ['Deployment', `${POD}.volumes`, [{ name: 'a', ...volume }]],
  );

testRule(nimSharedMemory, {
  accepts: {
    'a path with a slash at its end': withVolume('/dev/shm/', MEMORY),
    'a volume of the node, whatever it is': withVolume('/dev/shm', { hostPath: { path: '/dev/shm' } }),
    'an image 2.x, of which it is not known': withVolume('/model', {}, `${MODEL}:2.3.0`),
    'an image of an unknown generation': withVolume('/model', {}, `${MODEL}@${DIGEST}`),
    'a NIM of another family': nimWith(
      ['Deployment', `${POD}.containers.0.image`, 'nvcr.io/nim/meta/llama-3.1-8b-instruct:1.13.0'],
      ['Deployment', `${POD}.containers.0.volumeMounts`, []],
      ['Deployment', 'spec.template.metadata.labels[app.kubernetes.io/name]', 'llm'],
    ),
  },
  refuses: {
    'no volume there': [withVolume('/opt/nim/.cache', MEMORY), MOUNTS],
    'a volume on disk': [withVolume('/dev/shm', { emptyDir: { sizeLimit: '16Gi' } }), MOUNTS],
    'a volume on disk without a limit': [withVolume('/dev/shm', { emptyDir: {} }), MOUNTS],
  },
});
