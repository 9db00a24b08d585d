import {
  ClusterDns,
  ContainerImage,
  IngressAuthentication,
  IngressController,
  ModelCache,
  NgcCredentials,
  SecurityProfile,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find, render, testChart } from './support/manifests';
import { ingressOptions, textEmbeddingNim } from './support/nims';
import { expectRefusal } from './support/refusals';

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

describe('a NIM for OpenShift', () => {
  it('asks the name servers of OpenShift, unless others are given', () => {
    const portsOf = (dns?: ClusterDns): string => {
      const chart = testChart();
      textEmbeddingNim({ securityProfile: SecurityProfile.OPENSHIFT, ...(dns === undefined ? {} : { dns }) }, chart);
      return JSON.stringify(at(find(render(chart), 'NetworkPolicy'), 'spec.egress'));
    };
    expect(portsOf()).toContain('"port":5353');
    expect(portsOf(ClusterDns.KUBE_DNS)).not.toContain('"port":5353');
  });
});

describe('a way in is refused', () => {
  it('with a credential in a response header', () => {
    const chart = testChart();
    const responseHeaders = { 'X-Note': 'nvapi-canary' };
    expectRefusal(() => textEmbeddingNim({ ingress: { ...ingressOptions(chart), responseHeaders } }, chart), {
      what: 'SecureIngress responseHeaders X-Note',
      value: '"(hidden)"',
      because: 'every client would get it',
      instead: 'leave it out',
    });
  });

  it('with a credential in a reason', () => {
    expectRefusal(() => IngressAuthentication.none('the key is nvapi-canary'), {
      what: 'IngressAuthentication.none reason',
      value: '"(hidden)"',
      because: 'manifests are stored in Git',
      instead: 'write why nobody needs to prove who they are',
    });
  });

  it('with an IngressClass that no object can be', () => {
    expectRefusal(() => IngressController.f5Nginx({ ingressClassName: 'Bad Name' }), {
      what: 'IngressController ingressClassName',
      value: '"Bad Name"',
      because: 'an object name is',
      instead: 'write the name of the object as `kubectl get` prints it',
    });
  });
});
