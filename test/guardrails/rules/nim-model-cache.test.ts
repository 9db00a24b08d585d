import { nimModelCache } from '../../../lib/guardrails/rules/nim-model-cache';
import type { Manifest } from '../../../lib/manifests/manifest';
import { type Change, nimWith, REMOVED, testRule } from '../../support/rules';

const IMAGE_1 = 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0';
const IMAGE_2 = 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:2.4.0';
const KEY = { name: 'NGC_API_KEY', valueFrom: { secretKeyRef: { name: 'ngc-api-secret', key: 'NGC_API_KEY' } } };
const EMPTY = { name: 'model-cache', emptyDir: { sizeLimit: '50Gi' } };
const FROM_NGC = { name: 'NIM_ENGINE_MODEL_DOWNLOAD_PROVIDER', value: 'ngc' };

const set = (path: string, value: unknown): Change => ['Deployment', `spec.template.spec.${path}`, value];

/** A NIM with an emptyDir for its model, and these variables. */
function withEnv(env: unknown, ...changes: Change[]): Manifest[] {
  return nimWith(set('volumes.0', EMPTY), set('containers.0.env', env), ...changes);
}

const mountedIn = (mountPath: string): Change[] => [
  set('containers.0.volumeMounts', [{ name: 'model-cache', mountPath }]),
];

testRule(nimModelCache, {
  accepts: {
    'an emptyDir and the key': withEnv([KEY]),
    'an emptyDir and a Secret with all variables': withEnv(
      [],
      set('containers.0.envFrom', [{ secretRef: { name: 'ngc' } }]),
    ),
    'the key under its first name': withEnv([{ ...KEY, name: 'NGC_CLI_API_KEY' }]),
    'an emptyDir that an init container fills': withEnv(
      [],
      set('initContainers', [{ name: 'copy', volumeMounts: [{ name: 'model-cache', mountPath: '/model' }] }]),
    ),
    'an emptyDir and a NIM that is told to download nothing': withEnv([
      { name: 'NIM_IGNORE_MODEL_DOWNLOAD_FAIL', value: 'true' },
    ]),
    'a claim without the key, which may hold the model': nimWith(set('containers.0.env', [])),
    'a claim that is mounted read-only': nimWith(set('containers.0.volumeMounts.0.readOnly', true)),
    'a volume above the path': nimWith(...mountedIn('/opt/nim')),
    'a volume with a slash at its end': nimWith(...mountedIn('/opt/nim/.cache/')),
    'a volume at the path that the variable names': nimWith(
      set('containers.0.env', [{ name: 'NIM_CACHE_PATH', value: '/model-store' }]),
      ...mountedIn('/model-store'),
    ),
    'a path that the manifests do not say': nimWith(
      set('containers.0.env', [{ name: 'NIM_CACHE_PATH', value: '$(ROOT)/cache' }]),
      ...mountedIn('/data'),
    ),
    'a model of its own, elsewhere': nimWith(
      set('containers.0.env', [{ name: 'NIM_CUSTOM_MODEL', value: '/models/mine' }]),
      ...mountedIn('/models'),
    ),
    'a mirror of the models, by its address': nimWith(
      set('containers.0.env', [{ name: 'NIM_REPOSITORY_OVERRIDE', value: 'https://models.example.com' }]),
      ...mountedIn('/data'),
    ),
    'an image of an unknown generation': nimWith(
      set('containers.0.image', 'nvcr.io/nim/nvidia/a'),
      ...mountedIn('/data'),
    ),
    'an image 2.x, whose model Hugging Face gives to everybody': withEnv(
      [],
      set('containers.0.image', IMAGE_2),
      ...mountedIn('/model'),
    ),
    'an image 2.x with the key': withEnv([FROM_NGC, KEY], set('containers.0.image', IMAGE_2), ...mountedIn('/model')),
    'a program that is no NIM': nimWith(
      set('containers.0', { name: 'a', image: 'registry.example.com/a:1.0.0', env: [] }),
    ),
  },
  refuses: {
    'a model of its own outside of the volumes': [
      nimWith(set('containers.0.env', [{ name: 'NIM_CUSTOM_MODEL', value: '/models/mine' }])),
      'Deployment: spec.template.spec.containers[0].volumeMounts',
    ],
    'a path outside of the volumes': [
      nimWith(set('containers.0.env', [{ name: 'NIM_CACHE_PATH', value: '/cache' }])),
      'Deployment: spec.template.spec.containers[0].volumeMounts',
    ],
    'a path that a later variable of the name moves out of the volumes': [
      nimWith(
        set('containers.0.env', [
          { name: 'NIM_CACHE_PATH', value: '/opt/nim/.cache' },
          { name: 'NIM_CACHE_PATH', value: '/cache' },
        ]),
      ),
      'Deployment: spec.template.spec.containers[0].volumeMounts',
    ],
    'a volume whose path only begins like it': [
      nimWith(...mountedIn('/opt/nim/.cache-old')),
      'Deployment: spec.template.spec.containers[0].volumeMounts',
    ],
    'no volume where the NIM keeps its model by default': [
      nimWith(set('containers.0.volumeMounts', REMOVED), set('containers.0.env', [])),
      'Deployment: spec.template.spec.containers[0].volumeMounts',
    ],
    'an image 2.x with the volume of 1.x': [
      nimWith(set('containers.0.image', IMAGE_2)),
      'Deployment: spec.template.spec.containers[0].volumeMounts',
    ],
    'an emptyDir without the key': [
      withEnv([], set('containers.0.image', IMAGE_1)),
      'Deployment: spec.template.spec.containers[0].env',
    ],
    'an image 2.x that is told to ask NGC, without the key': [
      withEnv([FROM_NGC], set('containers.0.image', IMAGE_2), ...mountedIn('/model')),
      'Deployment: spec.template.spec.containers[0].env',
    ],
  },
});
