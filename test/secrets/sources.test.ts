import { describe, expect, it } from 'vitest';
import { NgcCredentials, SecretStoreRef } from 'cdk8s-nim';
import { testChart } from '../support/manifests';
import { expectRefusal } from '../support/refusals';

const store = SecretStoreRef.cluster('vault');

describe('the source of the API key', () => {
  it('is named in a refusal when the pull secret has a source of its own', () => {
    expectRefusal(
      () =>
        NgcCredentials.fromExternalSecrets(testChart(), 'ngc', {
          store,
          apiKey: { key: ' ' },
          pullKey: { key: 'pull' },
        }),
      {
        what: 'NgcCredentials apiKey key',
        value: '" "',
        because: 'it is empty',
        instead: 'write the name that the secret manager shows',
      },
    );
  });
});

describe('credentials say', () => {
  it('that the pods are air-gapped', () => {
    expect(NgcCredentials.fromSecretNames(testChart(), 'ngc', { airGapped: true }).airGapped).toBe(true);
  });

  it('which objects make the Secrets, in a list of its own', () => {
    const credentials = NgcCredentials.fromExternalSecrets(testChart(), 'ngc', { store, apiKey: { key: 'key' } });
    const names = (): string[] => credentials.objects.map(({ name }) => name);
    expect(names()).toEqual(['ngc-api-secret', 'ngc-secret']);
    credentials.objects.pop();
    expect(names()).toEqual(['ngc-api-secret', 'ngc-secret']);
  });
});
