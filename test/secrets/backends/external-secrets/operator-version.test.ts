import { describe, expect, it } from 'vitest';
import { NgcCredentials, SecretStoreRef } from 'cdk8s-nim';
import { at, render, testChart } from '../../../support/manifests';
import { expectRefusal } from '../../../support/refusals';

function policies(operatorVersion: string | undefined): unknown[] {
  const chart = testChart();
  NgcCredentials.fromExternalSecrets(chart, 'ngc', {
    store: SecretStoreRef.cluster('vault'),
    apiKey: { key: 'nvidia/ngc' },
    ...(operatorVersion === undefined ? {} : { operatorVersion }),
  });
  return render(chart).map((object) => at(object, 'spec.data.0.remoteRef.nullBytePolicy'));
}

describe('the version of the External Secrets Operator', () => {
  it.each(['2.3', '2.3.0', '2.6.5'])(
    'decides what it adds itself, so that Argo CD sees no difference: %s',
    (version) => {
      expect(policies(version)).toEqual(['Ignore', 'Ignore']);
    },
  );

  it.each([undefined, '0.16.1', '1.3.0', '2.2.9', '2.7.0', '2.12', '3.4'])(
    'leaves out what it does not add: %s',
    (version) => {
      expect(policies(version)).toEqual([undefined, undefined]);
    },
  );

  it.each(['', '2', 'v2.5', '2.x', '0.15.1', '2.5-rc1'])('is refused when it is none that serves v1: %j', (version) => {
    expectRefusal(() => policies(version), {
      what: 'NgcCredentials operatorVersion',
      value: JSON.stringify(version),
      because: 'it is 0.16 or newer',
      instead: 'write the version of the External Secrets Operator that runs in the cluster',
    });
  });
});
