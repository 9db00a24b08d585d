import { describe, expect, it } from 'vitest';
import { NgcCredentials, type NgcSealedSecretsProps, SealingScope } from 'cdk8s-nim';
import { at, find, inventory, type Manifest, render, testChart } from '../../../support/manifests';
import { expectRefusal } from '../../../support/refusals';
import { sealed } from '../../../support/sealed';

const base: NgcSealedSecretsProps = { apiKey: sealed(70), dockerConfig: sealed(250) };

function rendered(props: NgcSealedSecretsProps): Manifest[] {
  const chart = testChart();
  NgcCredentials.fromSealedSecrets(chart, 'ngc', props);
  return render(chart);
}

describe('credentials from sealed values', () => {
  it('are two SealedSecrets', () => {
    expect(inventory(rendered(base))).toEqual(['SealedSecret ngc-api-secret', 'SealedSecret ngc-secret']);
  });

  it('are this one for the API key, under the name and the namespace that it was sealed for', () => {
    expect(find(rendered(base), 'SealedSecret', 'ngc-api-secret')).toEqual({
      apiVersion: 'bitnami.com/v1alpha1',
      kind: 'SealedSecret',
      metadata: {
        name: 'ngc-api-secret',
        namespace: 'embeddings',
        labels: {
          'app.kubernetes.io/name': 'ngc-credentials',
          'app.kubernetes.io/part-of': 'nemo-retriever',
          'app.kubernetes.io/managed-by': 'cdk8s',
        },
      },
      spec: {
        encryptedData: { NGC_API_KEY: base.apiKey },
        template: {
          type: 'Opaque',
          metadata: {
            name: 'ngc-api-secret',
            namespace: 'embeddings',
            labels: { 'app.kubernetes.io/managed-by': 'sealed-secrets' },
          },
        },
      },
    });
  });

  it('are a whole docker configuration for pulling images', () => {
    expect(at(find(rendered(base), 'SealedSecret', 'ngc-secret'), 'spec')).toMatchObject({
      encryptedData: { '.dockerconfigjson': base.dockerConfig },
      template: { type: 'kubernetes.io/dockerconfigjson', metadata: { name: 'ngc-secret' } },
    });
  });

  it('have other names and another key', () => {
    const objects = rendered({ ...base, apiKeySecretName: 'ngc-api', apiKeySecretKey: 'KEY', pullSecretName: 'login' });
    expect(inventory(objects)).toEqual(['SealedSecret login', 'SealedSecret ngc-api']);
    expect(at(find(objects, 'SealedSecret', 'ngc-api'), 'spec.encryptedData')).toEqual({ KEY: base.apiKey });
  });

  it.each<[SealingScope | undefined, Record<string, string> | undefined]>([
    [undefined, undefined],
    [SealingScope.STRICT, undefined],
    [SealingScope.NAMESPACE_WIDE, { 'sealedsecrets.bitnami.com/namespace-wide': 'true' }],
    [SealingScope.CLUSTER_WIDE, { 'sealedsecrets.bitnami.com/cluster-wide': 'true' }],
  ])('say the scope where the controller reads it: %s', (scope, annotations) => {
    for (const { metadata } of rendered({ ...base, ...(scope === undefined ? {} : { sealingScope: scope }) })) {
      expect(metadata['annotations']).toEqual(annotations);
    }
  });

  it.each<[string, NgcSealedSecretsProps, string[]]>([
    ['the API key alone', { apiKey: sealed(), withoutPullSecret: true }, ['SealedSecret ngc-api-secret']],
    ['the pull secret alone', { dockerConfig: sealed(), airGapped: true }, ['SealedSecret ngc-secret']],
  ])('are %s', (_, props, names) => {
    expect(inventory(rendered(props))).toEqual(names);
  });

  it('may be sealed with a short key', () => {
    expect(() => rendered({ apiKey: sealed(1, 256), withoutPullSecret: true })).not.toThrow();
  });
});

describe('sealed values are refused', () => {
  it.each([
    ['the key itself', 'nvapi-canary'],
    ['nothing', ''],
    ['the key in base64', Buffer.from('nvapi-canary-canary').toString('base64')],
    ['a part of a sealed value', sealed().slice(0, 400)],
    ['a sealed value with a line break', `${sealed()}\n`],
    ['a key that nobody makes', sealed(70, 64)],
    ['one byte', 'AA=='],
  ])('when they are %s, and the message does not repeat it', (_, apiKey) => {
    const run = (): unknown => rendered({ ...base, apiKey });
    expectRefusal(run, {
      what: 'NgcCredentials apiKey',
      value: '"(hidden)"',
      because: 'it is no value that kubeseal has sealed',
      instead: 'write what `kubeseal --raw` prints, in one line',
    });
    expect(run).not.toThrow('canary');
  });

  it.each(['apiKey', 'dockerConfig'])('when an empty text was sealed: %s', (name) => {
    expectRefusal(() => rendered({ ...base, [name]: sealed(0) }), {
      what: `NgcCredentials ${name}`,
      value: '"(hidden)"',
      because: 'an empty text was sealed',
      instead: 'seal the value again',
    });
  });

  it('without one for the pull secret: the API key does not make it', () => {
    expectRefusal(() => rendered({ apiKey: sealed() }), {
      what: 'NgcCredentials dockerConfig',
      value: 'nothing',
      because: 'the pull secret has no source',
      instead: 'write dockerConfig: a sealed `.dockerconfigjson`, or withoutPullSecret: true',
    });
  });

  it('when the images are pulled without one, and it is given', () => {
    expectRefusal(() => rendered({ ...base, withoutPullSecret: true }), {
      what: 'NgcCredentials withoutPullSecret',
      value: 'true',
      because: 'a source for the pull secret is given',
      instead: 'leave out withoutPullSecret, or leave out dockerConfig',
    });
  });

  it('when air-gapped pods would not get one, with a way out that there is', () => {
    expect(() => rendered({ ...base, airGapped: true })).toThrow(
      /^NgcCredentials apiKey: .* is refused: air-gapped pods get no API key; leave out apiKey, or leave out airGapped$/,
    );
  });

  it('without one for the API key', () => {
    expectRefusal(() => rendered({ dockerConfig: sealed() }), {
      what: 'NgcCredentials apiKey',
      value: 'nothing',
      because: 'the pods need a key to download the model',
      instead: 'write apiKey: what `kubeseal --raw` prints',
    });
  });
});
