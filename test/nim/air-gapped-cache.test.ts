import { ContainerImage, ModelCache, NgcCredentials } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, render, testChart } from '../support/manifests';
import { textEmbeddingNim } from '../support/nims';
import { expectRefusal } from '../support/refusals';

const filling = {
  name: 'fill',
  image: ContainerImage.fromReference('registry.example.com/fill:1.0.0'),
  withModelCache: true,
};

describe('the cache of an air-gapped NIM', () => {
  it('is refused when it is an emptyDir that nothing fills', () => {
    const chart = testChart();
    const credentials = NgcCredentials.fromSecretNames(chart, 'ngc', { airGapped: true });
    expectRefusal(() => textEmbeddingNim({ credentials, modelCache: ModelCache.ephemeral() }, chart), {
      what: 'NimDeployment modelCache',
      value: '"ephemeral"',
      because: 'the NIM downloads nothing, and the cache would stay empty',
      instead: 'name a filled claim with ModelCache.existingClaim(…)',
    });
  });

  it('may be an emptyDir that an init container fills', () => {
    const chart = testChart();
    const credentials = NgcCredentials.fromSecretNames(chart, 'ngc', { airGapped: true });
    textEmbeddingNim({ credentials, modelCache: ModelCache.ephemeral(), initContainers: [filling] }, chart);
    expect(at(find(render(chart), 'Deployment'), 'spec.template.spec.initContainers')).toHaveLength(1);
  });

  it('says on a claim of ours that somebody has to fill it', () => {
    const note = 'metadata.annotations';
    const claimOf = (airGapped: boolean): unknown => {
      const chart = testChart();
      const credentials = NgcCredentials.fromSecretNames(chart, 'ngc', airGapped ? { airGapped } : {});
      textEmbeddingNim({ credentials }, chart);
      return at(find(render(chart), 'PersistentVolumeClaim'), note);
    };
    expect(claimOf(true)).toHaveProperty(['cdk8s-nim/prerequisite-model']);
    expect(claimOf(false)).not.toHaveProperty(['cdk8s-nim/prerequisite-model']);
  });
});
