import { Chart, Duration } from 'cdk8s';
import { ContainerImage, NgcCredentials, type NgcExternalSecretsProps, type NgcSecretNamesProps } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { fromStore, storeAndKey, externalSecrets } from '../support/external-secrets';
import { render, testChart } from '../support/manifests';
import { nimDeployment } from '../support/nims';
import { runApp } from '../support/programs';
import { expectRefusal } from '../support/refusals';
import { nimOf, podOf, secretRefsOf } from '../support/workload';

/** What a NIM with these credentials refers to. */
function references(props: NgcSecretNamesProps): { pull: unknown; env: Record<string, string> } {
  const chart = testChart();
  nimDeployment({ credentials: NgcCredentials.fromSecretNames(chart, 'credentials', props) }, chart);
  const objects = render(chart);
  return { pull: podOf(objects).imagePullSecrets, env: secretRefsOf(nimOf(objects)) };
}

describe('credentials from the names of Secrets', () => {
  it('render nothing', () => {
    const chart = testChart();
    const credentials = NgcCredentials.fromSecretNames(chart, 'ngc');
    expect(render(chart)).toEqual([]);
    expect(credentials.objects).toEqual([]);
    expect(credentials.airGapped).toBe(false);
  });

  it('are the names of the security page of NVIDIA by default', () => {
    expect(references({})).toEqual({
      pull: [{ name: 'ngc-secret' }],
      env: { NGC_API_KEY: 'ngc-api-secret/NGC_API_KEY' },
    });
  });

  it('are any other names, and another key', () => {
    expect(
      references({
        pullSecretName: 'registry-secret',
        apiKeySecretName: 'ngc-api',
        apiKeySecretKey: 'NGC_CLI_API_KEY',
      }),
    ).toEqual({ pull: [{ name: 'registry-secret' }], env: { NGC_API_KEY: 'ngc-api/NGC_CLI_API_KEY' } });
  });

  it('go without a key when the pods are air-gapped', () => {
    expect(references({ airGapped: true })).toEqual({ pull: [{ name: 'ngc-secret' }], env: {} });
  });

  it('go without a pull secret when that is said', () => {
    expect(references({ withoutPullSecret: true })).toEqual({
      pull: undefined,
      env: { NGC_API_KEY: 'ngc-api-secret/NGC_API_KEY' },
    });
  });

  it('serve any number of NIMs of their namespace', () => {
    const chart = testChart();
    const credentials = NgcCredentials.fromSecretNames(chart, 'ngc');
    nimDeployment({ credentials }, chart);
    expect(() => new Chart(chart.node.root, 'other', { namespace: 'embeddings' })).not.toThrow();
    credentials._requireNamespace('embeddings', 'NimDeployment other');
  });
});

describe('credentials are refused', () => {
  it.each(['pullSecretName', 'apiKeySecretName'])('with a %s that is no object name', (name) => {
    expectRefusal(() => NgcCredentials.fromSecretNames(testChart(), 'ngc', { [name]: 'NGC_Secret' }), {
      what: `NgcCredentials ${name}`,
      value: '"NGC_Secret"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });

  it('with a key that no Secret can have', () => {
    expectRefusal(() => NgcCredentials.fromSecretNames(testChart(), 'ngc', { apiKeySecretKey: 'NGC/KEY' }), {
      what: 'NgcCredentials apiKeySecretKey',
      value: '"NGC/KEY"',
      because: 'a key of a Secret is',
      instead: 'kubectl describe secret',
    });
  });

  it('with one name for both Secrets', () => {
    expectRefusal(() => NgcCredentials.fromSecretNames(testChart(), 'ngc', { apiKeySecretName: 'ngc-secret' }), {
      what: 'NgcCredentials apiKeySecretName',
      value: '"ngc-secret"',
      because: 'the pull secret has that name, and a Secret has one type',
      instead: 'give the two Secrets different names',
    });
  });

  it.each(['apiKeySecretName', 'apiKeySecretKey'])('with a %s that air-gapped pods would not use', (name) => {
    expectRefusal(() => NgcCredentials.fromSecretNames(testChart(), 'ngc', { airGapped: true, [name]: 'ngc-api' }), {
      what: `NgcCredentials ${name}`,
      value: '"ngc-api"',
      because: 'air-gapped pods get no API key',
      instead: `leave out ${name}, or leave out airGapped`,
    });
  });

  it('with the name of a pull secret that nobody would use', () => {
    expectRefusal(
      () => NgcCredentials.fromSecretNames(testChart(), 'ngc', { withoutPullSecret: true, pullSecretName: 'registry' }),
      {
        what: 'NgcCredentials pullSecretName',
        value: '"registry"',
        because: 'images are pulled without a pull secret',
        instead: 'leave out pullSecretName, or leave out withoutPullSecret',
      },
    );
  });

  it('without a source for the API key', () => {
    expectRefusal(() => fromStore({ pullKey: { key: 'pull' } }), {
      what: 'NgcCredentials apiKey',
      value: 'nothing',
      because: 'the pods need a key to download the model',
      instead: "write apiKey: { key: 'nvidia/ngc', property: 'api-key' }, or airGapped: true when the cache is filled",
    });
  });

  it('without a source for the pull secret', () => {
    expectRefusal(() => fromStore({ airGapped: true }), {
      what: 'NgcCredentials pullKey',
      value: 'nothing',
      because: 'the pull secret has no source',
      instead: 'write dockerConfig or pullKey, or withoutPullSecret: true',
    });
  });

  it('with nothing left to make', () => {
    expectRefusal(() => fromStore({ airGapped: true, withoutPullSecret: true }), {
      what: 'NgcCredentials.fromExternalSecrets',
      value: '{"airGapped":true,"withoutPullSecret":true}',
      because: 'no Secret is left to make',
      instead: 'write NgcCredentials.fromSecretNames',
    });
  });

  it('with two sources for the pull secret', () => {
    expectRefusal(() => externalSecrets({ pullKey: { key: 'pull' }, dockerConfig: { key: 'mirror' } }), {
      what: 'NgcCredentials pullKey',
      value: '{"key":"pull"}',
      because: 'dockerConfig is given too, and the pull secret has one source',
      instead: 'keep one of pullKey and dockerConfig',
    });
  });

  it.each(['pullKey', 'dockerConfig'])('with a %s that is not used', (name) => {
    expectRefusal(() => externalSecrets({ withoutPullSecret: true, [name]: { key: 'pull' } }), {
      what: 'NgcCredentials withoutPullSecret',
      value: 'true',
      because: 'a source for the pull secret is given',
      instead: 'leave out withoutPullSecret, or leave out pullKey and dockerConfig',
    });
  });

  it('with an API key for air-gapped pods', () => {
    expectRefusal(() => externalSecrets({ airGapped: true }), {
      what: 'NgcCredentials apiKey',
      value: '{"key":"nvidia/ngc","property":"api-key"}',
      because: 'air-gapped pods get no API key',
      instead: 'leave out airGapped; or, to pull images with that key, write it as pullKey',
    });
  });

  it('in a chart without namespace', () => {
    const { error, files } = runApp((app) => {
      NgcCredentials.fromSecretNames(new Chart(app, 'bare'), 'ngc');
    });
    expect(error).toContain('namespace of chart "bare": nothing is given');
    expect(files).toEqual([]);
  });

  it('when they refresh never', () => {
    expectRefusal(() => externalSecrets({ refreshInterval: Duration.seconds(0) }), {
      what: 'NgcCredentials refreshInterval',
      value: JSON.stringify(Duration.seconds(0).toHumanString()),
      because: 'one second or more',
      instead: 'Duration.seconds(130)',
    });
  });

  it('in another namespace than their own', () => {
    expectRefusal(() => externalSecrets()._requireNamespace('rag', 'NimDeployment embed'), {
      what: 'NimDeployment embed credentials',
      value: '"test/ngc"',
      because: 'the Secrets are in the namespace "embeddings", the pods in "rag"',
      instead: 'make NgcCredentials in the chart of each namespace',
    });
  });
});

describe('the pull secret and the image', () => {
  const mirror = ContainerImage.fromReference('registry.example.com:5000/nim/llama-nemotron-embed-1b-v2:1.13.0');
  const withImage = (credentials: (chart: Chart) => NgcCredentials, image = mirror): (() => unknown) => {
    const chart = testChart();
    return () => nimDeployment({ credentials: credentials(chart), image }, chart);
  };
  const fromKey =
    (props: Partial<NgcExternalSecretsProps> = {}) =>
    (chart: Chart): NgcCredentials =>
      NgcCredentials.fromExternalSecrets(chart, 'credentials', { ...storeAndKey, ...props });

  it.each<Partial<NgcExternalSecretsProps>>([{}, { pullKey: { key: 'pull' } }])(
    'are refused when a key of NGC would have to log in elsewhere: %j',
    (props) => {
      expectRefusal(withImage(fromKey(props)), {
        what: 'NimDeployment text-embedding image',
        value: '"registry.example.com:5000"',
        because: 'the pull secret is made from a key of NGC, and logs in to nvcr.io only',
        instead: 'a dockerConfig for that registry, or withoutPullSecret: true',
      });
    },
  );

  it.each<[string, (chart: Chart) => NgcCredentials]>([
    ['a docker configuration', fromKey({ dockerConfig: { key: 'mirror' } })],
    ['no pull secret', fromKey({ withoutPullSecret: true })],
    ['a Secret by name', (chart) => NgcCredentials.fromSecretNames(chart, 'credentials')],
  ])('go together with %s', (_, credentials) => {
    expect(withImage(credentials)).not.toThrow();
  });

  it('go together for an image of NGC by digest', () => {
    const image = ContainerImage.fromReference(
      `nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:1.13.0@sha256:${'a'.repeat(64)}`,
    );
    expect(withImage(fromKey(), image)).not.toThrow();
  });
});
