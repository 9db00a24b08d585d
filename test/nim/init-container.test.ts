import { type Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { ContainerImage, type NimDeploymentProps, type NimInitContainer } from 'cdk8s-nim';
import { airGapped, type Given, nimDeployment, renderNimDeployment, secretIn, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { restrictedContainer } from '../support/restricted-container';
import { initContainerOf, podOf } from '../support/workload';

const minimal: NimInitContainer = {
  name: 'prepare',
  image: ContainerImage.fromReference('registry.example.com/prepare:1.0.0'),
};

function withInit(init: Given<NimInitContainer> = {}, tag = '1.13.0'): Given<NimDeploymentProps> {
  return (chart: Chart) => ({
    image: taggedImage(tag),
    initContainers: [{ ...minimal, ...(typeof init === 'function' ? init(chart) : init) }],
  });
}

function rendered(init: Given<NimInitContainer> = {}, tag?: string): ReturnType<typeof initContainerOf> {
  return initContainerOf(renderNimDeployment(withInit(init, tag)), 'prepare');
}

describe('an init container with minimal props', () => {
  it('gets nothing of the NIM but its restrictions and a place to write', () => {
    expect(rendered()).toEqual({
      name: 'prepare',
      image: 'registry.example.com/prepare:1.0.0',
      imagePullPolicy: 'IfNotPresent',
      resources: {
        requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '256Mi' },
        limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '1Gi' },
      },
      securityContext: restrictedContainer,
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    });
  });
});

describe('an init container with all props', () => {
  const all: Given<NimInitContainer> = (chart) => ({
    command: ['download'],
    args: ['--to', '/model'],
    env: { MODE: 'fast' },
    secretEnv: { HF_TOKEN: { secret: secretIn(chart, 'hugging-face'), key: 'token' } },
    resources: { cpu: { limit: Cpu.units(2) }, memory: { request: Size.mebibytes(256) } },
    pullSecrets: [secretIn(chart, 'mirror')],
    withNgcApiKey: true,
    withModelCache: true,
  });

  it.each([
    ['1.13.0', '/opt/nim/.cache'],
    ['2.0.0', '/model'],
    ['2.3.0', '/model'],
  ])('gets what was asked for, the cache at the path of the NIM %s', (tag, modelPath) => {
    expect(rendered(all, tag)).toMatchObject({
      command: ['download'],
      args: ['--to', '/model'],
      env: [
        { name: 'MODE', value: 'fast' },
        { name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hugging-face', key: 'token' } } },
        { name: 'NGC_API_KEY', valueFrom: { secretKeyRef: { name: 'ngc-api-secret', key: 'NGC_API_KEY' } } },
      ],
      resources: {
        requests: { cpu: '100m', memory: '256Mi', 'ephemeral-storage': '256Mi' },
        limits: { cpu: '2', memory: '512Mi', 'ephemeral-storage': '1Gi' },
      },
      volumeMounts: [
        { name: 'model-cache', mountPath: modelPath },
        { name: 'tmp', mountPath: '/tmp' },
      ],
    });
  });

  it('leaves out an empty command and empty arguments', () => {
    expect(rendered({ command: [], args: [], env: {}, secretEnv: {}, pullSecrets: [] })).toEqual(rendered());
  });
});

describe('the pull secrets of init containers', () => {
  it('are added to those of the pod, each once', () => {
    const objects = renderNimDeployment((chart) => {
      const [ngc, mirror] = [secretIn(chart, 'ngc-secret'), secretIn(chart, 'mirror')];
      return {
        initContainers: [
          { ...minimal, pullSecrets: [mirror, ngc] },
          { ...minimal, name: 'second', pullSecrets: [mirror] },
        ],
      };
    });
    expect(podOf(objects).imagePullSecrets).toEqual([{ name: 'ngc-secret' }, { name: 'mirror' }]);
  });

  it('are refused with a name that no Secret has', () => {
    expectRefusal(() => nimDeployment(withInit((chart) => ({ pullSecrets: [secretIn(chart, 'No_Secret')] }))), {
      what: 'pull secret name',
      value: '"No_Secret"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });
});

describe('an init container is refused', () => {
  it.each(['', 'Prepare', 'a_b', 'a'.repeat(64)])('with the name %j', (name) => {
    expectRefusal(() => nimDeployment(withInit({ name })), {
      what: 'init container name',
      value: JSON.stringify(name),
      because: '1 to 63 lower-case letters',
      instead: 'shorten or rename it',
    });
  });

  it('with the name of the main container', () => {
    expectRefusal(() => nimDeployment({ initContainers: [{ ...minimal, name: 'nim' }] }), {
      what: 'container name',
      value: '"nim"',
      because: 'the main container of the pod has it',
      instead: 'give every container its own name',
    });
  });

  it('with the name of another one', () => {
    expectRefusal(() => nimDeployment({ initContainers: [minimal, minimal] }), {
      what: 'container of a pod',
      value: '"prepare"',
      because: 'init container prepare gives it twice',
      instead: 'keep one of the two',
    });
  });

  it('with the key of credentials that hold none', () => {
    expectRefusal(
      () =>
        nimDeployment((chart) => ({
          credentials: airGapped(chart),
          initContainers: [{ ...minimal, withNgcApiKey: true }],
        })),
      {
        what: 'init container prepare withNgcApiKey',
        value: 'true',
        because: 'the pods have no NGC API key: the credentials are air-gapped',
        instead: 'leave it out, or use credentials with an API key',
      },
    );
  });

  it('with two keys under one name', () => {
    expectRefusal(
      () =>
        nimDeployment(
          withInit((chart) => ({
            withNgcApiKey: true,
            secretEnv: { NGC_API_KEY: { secret: secretIn(chart, 'other'), key: 'key' } },
          })),
        ),
      {
        what: 'environment variable of a pod',
        value: '"NGC_API_KEY"',
        because: 'the credentials and init container prepare secretEnv both give it',
        instead: 'keep one of the two',
      },
    );
  });

  it('with one variable given twice', () => {
    expectRefusal(
      () =>
        nimDeployment(
          withInit((chart) => ({
            env: { EXTRA: 'x' },
            secretEnv: { EXTRA: { secret: secretIn(chart, 'a'), key: 'k' } },
          })),
        ),
      {
        what: 'environment variable of a pod',
        value: '"EXTRA"',
        because: 'init container prepare env and init container prepare secretEnv both give it',
        instead: 'keep one of the two',
      },
    );
  });

  it.each<[string, Partial<NimInitContainer>]>([
    ['command and args', { command: ['login', 'nvapi-canary'] }],
    ['command and args', { args: ['--url=https://user:canary@example.com'] }],
    ['env EXTRA', { env: { EXTRA: 'nvapi-canary' } }],
    ['env HF_TOKEN', { env: { HF_TOKEN: 'canary' } }],
  ])('with a literal credential in its %s, which the message does not repeat', (where, init) => {
    const run = (): unknown => nimDeployment(withInit(init));
    expectRefusal(run, {
      what: `init container prepare ${where}`,
      value: '"(hidden)"',
      because: 'and manifests are stored in Git',
      instead: 'put it into a Secret',
    });
    expect(run).not.toThrow('canary');
  });

  it('with a request above its limit', () => {
    expectRefusal(() => nimDeployment(withInit({ resources: { memory: { request: Size.gibibytes(1) } } })), {
      what: 'init container prepare memory request',
      value: '"1Gi"',
      because: 'above the limit 512Mi',
      instead: 'raise the limit or lower the request',
    });
  });
});
