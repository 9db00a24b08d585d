import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-28';
import { ModelCache } from 'cdk8s-nim';
import { expect, it } from 'vitest';
import { claimAmongManifests } from '../../../lib/guardrails/rules/claim-among-manifests';
import { isManifest, type Manifest } from '../../../lib/manifests/manifest';
import { renderNimDeployment } from '../../support/nims';
import { alone, type Change, check, nimWith, testRule } from '../../support/rules';

const named = (volumes: object[]): Manifest[] => nimWith(['Deployment', 'spec.template.spec.volumes', volumes]);
const MODELS = { name: 'a', persistentVolumeClaim: { claimName: 'models' } };
const NOTE_OF_MODELS: Change = [
  'Deployment',
  'metadata.annotations[cdk8s-nim/prerequisite-volumes]',
  'these claims exist before the pods start: models',
];
const named1 = 'Deployment: spec.template.spec.volumes[1].persistentVolumeClaim.claimName';
/** A claim that nothing makes, beside another object. */
const beside = (apiVersion: string, kind: string, name: string, namespace = 'embeddings'): [Manifest[], string] => [
  [...named([{ name: 'b', emptyDir: {} }, MODELS]), ...alone(apiVersion, kind, { metadata: { name, namespace } })],
  named1,
];

testRule(claimAmongManifests, {
  accepts: {
    'a claim that the note of the workload names': nimWith(
      ['Deployment', 'spec.template.spec.volumes', [MODELS]],
      NOTE_OF_MODELS,
    ),
    'a claim that an operator makes under its own name': [
      ...named([MODELS]),
      ...alone('cdi.kubevirt.io/v1beta1', 'DataVolume', { metadata: { name: 'models', namespace: 'embeddings' } }),
    ],
    'a claim that the kubelet makes for the pod': named([
      { name: 'a', ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'] } } } },
    ]),
  },
  refuses: {
    'a claim that the note of the workload does not name': [
      nimWith(
        [
          'Deployment',
          'spec.template.spec.volumes',
          [MODELS, { name: 'b', persistentVolumeClaim: { claimName: 'other' } }],
        ],
        NOTE_OF_MODELS,
      ),
      named1,
    ],
    'a claim that nothing makes': [named([{ name: 'b', emptyDir: {} }, MODELS]), named1],
    'a claim of another namespace': beside('v1', 'PersistentVolumeClaim', 'models', 'other'),
    'what an operator makes in another namespace': beside('cdi.kubevirt.io/v1beta1', 'DataVolume', 'models', 'other'),
    'what an operator makes under another name': beside('cdi.kubevirt.io/v1beta1', 'DataVolume', 'other'),
    'another kind with the name of the claim': beside('v1', 'ConfigMap', 'models'),
  },
});

it.each([
  ['a claim', (claim: ModelCache): ModelCache => claim, ['Deployment']],
  ['a claim that a Job fills', (claim: ModelCache): ModelCache => ModelCache.prefetched(claim), ['Deployment', 'Job']],
])('is told by the construct that %s is made elsewhere', (_, cache, kinds) => {
  const objects = renderNimDeployment((chart) => ({
    modelCache: cache(
      ModelCache.existingClaim(PersistentVolumeClaim.fromClaimName(chart, 'claim', 'models'), {
        accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY,
      }),
    ),
  })).filter(isManifest);
  const { findings, acknowledged } = check(objects, {}, [claimAmongManifests]);
  expect(findings).toEqual([]);
  expect(acknowledged.map(({ finding }) => finding.object?.kind).sort()).toEqual(kinds);
  expect(acknowledged.map(({ reason }) => reason)).toEqual(
    kinds.map(() => 'the claim models exists before the pods start'),
  );
});
