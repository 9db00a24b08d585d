import { type Chart, Duration } from 'cdk8s';
import { ContainerImage, ModelCache, NgcCredentials, SecretStoreRef } from 'cdk8s-nim';
import type { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { PersistentVolumeClaim } from 'cdk8s-plus-28';
import { describe, it } from 'vitest';
import { testChart } from '../support/manifests';
import { airGapped, taggedImage } from '../support/nims';
import { SHARED, READ_ONLY_MANY, READ_WRITE_ONCE_POD, refusal } from '../support/prefetched-cache';
import { expectRefusal } from '../support/refusals';

describe('a prefetched cache is refused', () => {
  const existing = (accessMode: PersistentVolumeAccessMode): ModelCache =>
    ModelCache.existingClaim(PersistentVolumeClaim.fromClaimName(testChart(), 'claim', 'models'), { accessMode });

  it.each([
    ['an emptyDir', ModelCache.ephemeral(), 'claim', '"ephemeral"', 'every pod has its own'],
    ['what is prefetched', ModelCache.prefetched(SHARED), 'claim', '"claim"', 'a Job has filled it already'],
    ['a claim to read', existing(READ_ONLY_MANY), 'claim accessMode', '"ReadOnlyMany"', 'could write nothing'],
    ['a claim for one pod', existing(READ_WRITE_ONCE_POD), 'claim accessMode', '"ReadWriteOncePod"', 'both mount it'],
  ])('for %s', (_, claim, what, value, because) => {
    expectRefusal(() => ModelCache.prefetched(claim), {
      what: `ModelCache.prefetched ${what}`,
      value,
      because,
      instead: 'write ',
    });
  });

  it('with a profile that is no name', () => {
    expectRefusal(refusal({ profile: '../other' }), {
      what: 'ModelCache.prefetched profile',
      value: '"../other"',
      because: 'it is the name of no profile',
      instead: 'list-model-profiles',
    });
  });

  it('with a profile for images that have none', () => {
    expectRefusal(refusal({ profile: 'a93a1a6b' }, { image: taggedImage('2.3.0') }), {
      what: 'ModelCache.prefetched profile',
      value: '"a93a1a6b"',
      because: 'images 2.2 and newer 2.x have no profiles',
      instead: 'leave it out',
    });
  });

  it('with no time', () => {
    expectRefusal(refusal({ timeout: Duration.seconds(0) }), {
      what: 'ModelCache.prefetched timeout',
      value: '"0 seconds"',
      because: 'one second or more',
      instead: 'Duration.seconds',
    });
  });

  it('for an image 2.0, of which nobody says how it only downloads', () => {
    expectRefusal(refusal({}, { image: taggedImage('2.0.0') }), {
      what: 'NimDeployment modelCache',
      value: '"ModelCache.prefetched"',
      because: 'no source says how an image 2.0 only downloads its model',
      instead: 'use an image 2.2 or newer',
    });
  });

  it('ahead for the image that serves', () => {
    expectRefusal(refusal({ ahead: [taggedImage('1.13.0')] }), {
      what: 'ModelCache.prefetched ahead',
      value: `"${taggedImage('1.13.0').reference}"`,
      because: 'it is the image that serves',
      instead: 'name the next version',
    });
  });

  it('ahead for an image that stands there twice', () => {
    expectRefusal(refusal({ ahead: [taggedImage('1.13.1'), taggedImage('1.13.1')] }), {
      what: 'ModelCache.prefetched ahead',
      value: `"${taggedImage('1.13.1').reference}"`,
      because: 'or stands here twice',
      instead: 'leave it out',
    });
  });

  it('ahead for an image of a registry that the pull secret does not log in to', () => {
    const ahead = [ContainerImage.fromReference('registry.example.com/embed:1.13.1')];
    const credentials = (chart: Chart): NgcCredentials =>
      NgcCredentials.fromExternalSecrets(chart, 'external', {
        store: SecretStoreRef.cluster('vault'),
        apiKey: { key: 'nvidia/ngc' },
      });
    expectRefusal(
      refusal({ ahead }, (chart) => ({ credentials: credentials(chart) })),
      {
        what: 'NimDeployment text-embedding image',
        value: '"registry.example.com"',
        because: 'logs in to nvcr.io only',
        instead: 'dockerConfig',
      },
    );
  });

  it('with credentials that hold no key', () => {
    expectRefusal(
      refusal({}, (chart) => ({ credentials: airGapped(chart) })),
      {
        what: 'NimDeployment modelCache',
        value: '"ModelCache.prefetched"',
        because: 'its Job has no NGC API key to download with',
        instead: 'ModelCache.existingClaim(…)',
      },
    );
  });

  it('with an init container that wants the key', () => {
    const image = ContainerImage.fromReference('registry.example.com/prepare:1.0.0');
    expectRefusal(refusal({}, { initContainers: [{ name: 'prepare', image, withNgcApiKey: true }] }), {
      what: 'init container prepare withNgcApiKey',
      value: 'true',
      because: 'a Job fills the cache',
      instead: 'ModelCache.claim(…)',
    });
  });

  it('with a name that leaves no room for that of the Job', () => {
    expectRefusal(refusal({}, { name: 'x'.repeat(50) }), {
      what: 'NimDeployment name',
      value: `"${'x'.repeat(50)}"`,
      because: 'a Job has at most 63 characters',
      instead: 'shorten it by 8',
    });
  });
});
