import { describe, expect, it } from 'vitest';
import { NimRuntime } from '../../lib/nim/nim-runtime';
import {
  apiPortsOf,
  factsOfContainer,
  isNim,
  portsOfNim,
  probeWindow,
  requestTimeoutOf,
  servingNims,
  settingOf,
} from '../../lib/manifests/nim';
import { type Container, type Pod, podOf } from '../../lib/manifests/pods';

const IMAGE = 'nvcr.io/nim/nvidia/llama-nemotron-embed-1b-v2:2.2.0';
const MIRRORED = 'registry.example.com/embedding:2.2.0';

const GPU = { limits: { cpu: '1', 'nvidia.com/gpu': 1 } };

function podWith(spec: object, apiVersion = 'apps/v1', kind = 'Deployment'): Pod {
  const pod = podOf({ apiVersion, kind, spec: { template: { spec } } });
  if (pod === undefined) {
    throw new Error(`a ${kind} has pods`);
  }
  return pod;
}

function container(fields: object, list = 'containers'): Container {
  const [found] = podWith({ [list]: [fields] }).containers;
  if (found === undefined) {
    throw new Error(`there are no ${list}`);
  }
  return found;
}

describe('a container', () => {
  const withVariable = (name: string): object => ({ image: MIRRORED, env: [{ name: 'TZ' }, { name }] });

  it.each<[string, object, string]>([
    ['with the image of a NIM', { image: IMAGE }, 'containers'],
    ['that only prepares, with the image of a NIM', { image: IMAGE }, 'initContainers'],
    ['with a setting of a NIM', withVariable('NIM_CACHE_PATH'), 'containers'],
    ['with the port of a NIM', withVariable('NIM_HTTP_API_PORT'), 'containers'],
    ['with the address of a newer NIM', withVariable('NIM_SERVER_BIND_ADDR'), 'containers'],
    ['with a limit of a NIM', withVariable('NIM_TRITON_MAX_QUEUE_SIZE'), 'containers'],
    ['with the image of a NIM in a mirror', { image: 'registry.example.com/mirror/nim/nvidia/a:2.2.0' }, 'containers'],
    ['with the key of NGC and a GPU', { ...withVariable('NGC_API_KEY'), resources: GPU }, 'containers'],
  ])('%s is a NIM', (_, fields, list) => {
    expect(isNim(container(fields, list))).toBe(true);
  });

  it.each<[string, object, string]>([
    ['with another image', { image: MIRRORED }, 'containers'],
    ['without an image', {}, 'containers'],
    ['of a client with the address of a NIM', withVariable('NIM_ENDPOINT'), 'containers'],
    ['of a client with the key of NGC', withVariable('NGC_API_KEY'), 'containers'],
    ['with a GPU', { image: MIRRORED, resources: GPU }, 'containers'],
    ['of a project that is called nim', { image: 'registry.example.com/nim/rag:1.4.2' }, 'containers'],
    ['of a project whose name ends in nim', { image: 'registry.example.com/my-nim/nvidia/a:1.4.2' }, 'containers'],
    ['with variables of others', withVariable('MY_NIM_'), 'containers'],
    ['with a variable like the key', withVariable('OLD_NGC_API_KEY'), 'containers'],
    ['that only prepares, with a setting', withVariable('NIM_CACHE_PATH'), 'initContainers'],
    ['that only prepares, with the key', withVariable('NGC_API_KEY'), 'initContainers'],
  ])('%s is no NIM', (_, fields, list) => {
    expect(isNim(container(fields, list))).toBe(false);
  });

  it.each([
    ['nvcr.io/nim/nvidia/nv-embedqa-e5-v5:1.10.1', NimRuntime.TRITON],
    ['nvcr.io/nim/nvidia/nemotron-3-embed-1b:2.0.1', NimRuntime.NATIVE_2_0],
    ['nvcr.io/nim/nvidia/nemotron-3-embed-1b:2.1.0', undefined],
    [MIRRORED, NimRuntime.NATIVE_2_2],
    ['nvcr.io/nim/nvidia/nemotron-3-embed-1b:latest', undefined],
    ['nvcr.io/nim/nvidia/nemotron-3-embed-1b', undefined],
    ['nvcr.io/nim/nvidia/llama-nemotron-rerank-1b-v2:2.3.0', undefined],
    ['nvcr.io/nim/meta/llama-3.1-8b-instruct:1.10.1', undefined],
    [undefined, undefined],
  ])('with the image %s is of the generation of its tag: %s', (image, generation) => {
    expect(factsOfContainer(container({ image }))?.runtime).toBe(generation);
  });
});

describe('the containers that serve a model', () => {
  const spec = {
    initContainers: [{ name: 'download', image: IMAGE }],
    containers: [
      { name: 'proxy', image: MIRRORED },
      { name: 'nim', image: IMAGE },
    ],
  };

  it('are the NIMs that do not only prepare', () => {
    expect(servingNims(podWith(spec)).map(({ name }) => name)).toEqual(['nim']);
  });

  it('are none in a Job', () => {
    expect(servingNims(podWith(spec, 'batch/v1', 'Job'))).toEqual([]);
  });
});

describe('the request timeout', () => {
  const NAME = 'NIM_SERVER_REQUEST_TIMEOUT_S';

  it.each<[string, object, number | undefined]>([
    ['the default of the generation', { image: IMAGE }, 120],
    ['what the variable says', { image: IMAGE, env: [{ name: 'TZ' }, { name: NAME, value: '20' }] }, 20],
    [
      'what the last variable of the name says',
      {
        image: IMAGE,
        env: [
          { name: NAME, value: '20' },
          { name: NAME, value: '300' },
        ],
      },
      300,
    ],
    ['none in 1.x', { image: 'nvcr.io/nim/nvidia/nv-embedqa-e5-v5:1.10.1' }, undefined],
    ['none of an unknown generation', { image: 'nvcr.io/nim/nvidia/nv-embedqa-e5-v5:latest' }, undefined],
  ])('is %s', (_, fields, expected) => {
    expect(requestTimeoutOf(container(fields))).toBe(expected);
  });
});

describe('a setting', () => {
  const NAME = 'NIM_HTTP_API_PORT';

  it.each<[string, object, object]>([
    ['that nothing sets', { env: [{ name: 'TZ', value: '1' }] }, { set: false }],
    ['with a text', { env: [{ name: NAME, value: '9000' }] }, { set: true, text: '9000' }],
    [
      'with several texts is the last one',
      {
        env: [
          { name: NAME, value: '9000' },
          { name: NAME, value: '8000' },
        ],
      },
      { set: true, text: '8000' },
    ],
    ['from elsewhere', { env: [{ name: NAME, valueFrom: {} }] }, { set: true, text: undefined }],
    ['made of another variable', { env: [{ name: NAME, value: '$(PORT)' }] }, { set: true, text: undefined }],
    ['that a ConfigMap may set', { envFrom: [{ configMapRef: { name: 'a' } }] }, { set: true, text: undefined }],
    [
      'with a text, over a ConfigMap',
      { env: [{ name: NAME, value: '9000' }], envFrom: [{ configMapRef: { name: 'a' } }] },
      { set: true, text: '9000' },
    ],
  ])('%s', (_, fields, expected) => {
    expect(settingOf(container(fields), NAME)).toEqual(expected);
  });
});

describe('the ports of a NIM', () => {
  const pod = (image: string, ...ports: unknown[]): Pod => podWith({ containers: [{ image, ports }] });

  it.each([
    ['nvcr.io/nim/nvidia/nv-embedqa-e5-v5:1.10.1', [8000, 'http', 8001, 8002, 8080]],
    ['nvcr.io/nim/nvidia/nv-embedqa-e5-v5:2.2.0', [8000, 'http']],
    ['nvcr.io/nim/nvidia/nv-embedqa-e5-v5', [8000, 'http', 8001, 8002, 8080]],
    ['nvcr.io/nim/nvidia/of-another-family:1.10.1', [8000, 'http']],
  ])('of %s are those that it declares and those of its generation', (image, expected) => {
    expect(portsOfNim(pod(image, { containerPort: 8000, name: 'http' }))).toEqual(expected);
  });

  it.each([
    [[{ image: IMAGE }], [8000]],
    [[{ image: IMAGE }, { image: MIRRORED }], [8000]],
    [
      [{ image: IMAGE }, { image: IMAGE, env: [{ name: 'NIM_SERVER_BIND_ADDR', value: '[::]:9000' }] }],
      [8000, 9000],
    ],
    [[{ image: IMAGE }, { image: IMAGE, env: [{ name: 'NIM_SERVER_BIND_ADDR', value: 'any' }] }], []],
    [[{ image: MIRRORED }], []],
  ])('of %j serve the API on %j', (containers, expected) => {
    expect(apiPortsOf(podWith({ containers }))).toEqual(expected);
  });
});

describe('the window of a probe', () => {
  it.each([
    [{}, 30],
    [undefined, 30],
    [{ initialDelaySeconds: 5 }, 35],
    [{ periodSeconds: 20 }, 60],
    [{ failureThreshold: 180 }, 1800],
    [{ initialDelaySeconds: 40, periodSeconds: 5, failureThreshold: 6 }, 70],
  ])('%j is %i s', (probe, expected) => {
    expect(probeWindow(probe)).toBe(expected);
  });
});
