import { App, Chart, Duration, Size } from 'cdk8s';
import { NgcCredentials, NimDeployment } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { testChart } from '../support/manifests';
import { credentialsOf, nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { podOf } from '../support/workload';

describe('a NimDeployment is refused', () => {
  it.each(['Text-Embedding', '1embed', 'embed_1', '', 'a'.repeat(64)])('with the name %j', (name) => {
    expectRefusal(() => nimDeployment({ name }), {
      what: 'NimDeployment name',
      value: JSON.stringify(name),
      because: '1 to 63 lower-case letters',
      instead: 'shorten or rename it',
    });
  });

  it('in a chart without namespace', () => {
    const chart = new Chart(new App(), 'bare');
    const credentials = credentialsOf(testChart());
    expect(() => new NimDeployment(chart, 'nim', { model: nimDeployment().model, credentials })).toThrow(
      'namespace of chart "bare": nothing is given',
    );
  });

  it('with the credentials of another namespace', () => {
    const elsewhere = NgcCredentials.fromSecretNames(testChart({ namespace: 'rag' }), 'ngc');
    expectRefusal(() => nimDeployment({ credentials: elsewhere }), {
      what: 'NimDeployment text-embedding credentials',
      value: '"test/ngc"',
      because: 'the Secrets are in the namespace "rag", the pods in "embeddings"',
      instead: 'make NgcCredentials in the chart of each namespace',
    });
  });

  it.each([0, -1, 80, 443, 1023, 65536, 8000.5, Number.NaN])('on the port %d', (port) => {
    expectRefusal(() => nimDeployment({ port }), {
      what: 'NimDeployment port',
      value: `${port}`,
      because: 'a whole number from 1024 to 65535',
      instead: 'write for example 8000',
    });
  });

  it.each([8001, 8002, 8080])('on the port %d, which 1.x uses inside the pod', (port) => {
    expectRefusal(() => nimDeployment({ port }), {
      what: 'NimDeployment port',
      value: `${port}`,
      because: 'images 1.x use it inside the pod, for gRPC (8001), metrics (8002) or Triton HTTP (8080)',
      instead: 'write for example 8000',
    });
    expect(nimDeployment({ port, image: taggedImage('2.3.0') }).port).toBe(port);
  });

  it.each([1024, 65535])('but not on the port %d', (port) => {
    expect(nimDeployment({ port }).port).toBe(port);
  });

  it.each([0, -1, 1.5])('with %d replicas', (replicas) => {
    expectRefusal(() => nimDeployment({ replicas }), {
      what: 'NimDeployment replicas',
      value: `${replicas}`,
      because: 'a whole number of at least 1',
      instead: 'write 1 or more',
    });
  });

  it.each([0, -1, 0.5])('with a queue of %d', (maxQueueSize) => {
    expectRefusal(() => nimDeployment({ maxQueueSize }), {
      what: 'NimDeployment maxQueueSize',
      value: `${maxQueueSize}`,
      because: 'a whole number of at least 1',
      instead: 'write 1 or more',
    });
  });

  it.each(['startupTimeout', 'requestTimeout'])('with a %s of nothing', (name) => {
    expectRefusal(() => nimDeployment({ image: taggedImage('2.3.0'), [name]: Duration.seconds(0) }), {
      what: `NimDeployment ${name}`,
      value: JSON.stringify(Duration.seconds(0).toHumanString()),
      because: 'one second or more',
      instead: 'Duration.seconds(130)',
    });
  });

  it.each(['tmpSize', 'sharedMemorySize'])('with a %s of nothing', (name) => {
    expectRefusal(() => nimDeployment({ [name]: Size.gibibytes(0) }), {
      what: `NimDeployment ${name}`,
      value: '"0Gi"',
      because: 'more than zero',
      instead: 'Size.gibibytes(50)',
    });
  });

  it.each(['runtimeClassName', 'priorityClassName'])('with a %s that is no object name', (name) => {
    expectRefusal(() => nimDeployment({ [name]: 'NVIDIA Runtime' }), {
      what: `NimDeployment ${name}`,
      value: '"NVIDIA Runtime"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });

  it.each([
    'proxy.example.com:3128',
    'socks5://proxy.example.com',
    'http://proxy.example.com:3128/path',
    'http://user@proxy.example.com',
    'http://',
  ])('with the proxy %j', (httpsProxy) => {
    expectRefusal(() => nimDeployment({ httpsProxy }), {
      what: 'NimDeployment httpsProxy',
      value: JSON.stringify(httpsProxy),
      because: 'a proxy URL is scheme, host and port, nothing else',
      instead: '"http://proxy.egress.svc.cluster.local:3128"',
    });
  });

  it('with the password of a proxy, which the message does not repeat', () => {
    const run = (): NimDeployment => nimDeployment({ httpsProxy: 'http://user:canary@proxy.example.com:3128' });
    expectRefusal(run, {
      what: 'NimDeployment httpsProxy HTTPS_PROXY',
      value: '"(hidden)"',
      because: 'it holds a URL with a user and password',
      instead: 'put it into a Secret',
    });
    expect(run).not.toThrow('canary');
  });

  it.each(['', 'bad key', '/team', 'Example.com/team', 'example.com/', '-team', 'a'.repeat(64)])(
    'with the key %j in a node selector or an annotation',
    (key) => {
      for (const prop of ['nodeSelector', 'podAnnotations']) {
        expectRefusal(() => nimDeployment({ [prop]: { [key]: 'x' } }), {
          what: `NimDeployment ${prop} key`,
          value: JSON.stringify(key),
          because: 'a key is 1 to 63 letters, digits, "-", "_" and "."',
          instead: 'write for example "example.com/team"',
        });
      }
    },
  );

  it.each(['NVIDIA L40S', '-x', 'x'.repeat(64)])('with the value %j in a node selector', (value) => {
    expectRefusal(() => nimDeployment({ nodeSelector: { 'nvidia.com/gpu.product': value } }), {
      what: 'NimDeployment nodeSelector nvidia.com/gpu.product',
      value: JSON.stringify(value),
      because: 'a value is at most 63 letters, digits',
      instead: 'kubectl get nodes --show-labels',
    });
  });

  it.each(['', 'true', 'NVIDIA-L40S', 'a_b.c'])('but not with the value %j in a node selector', (value) => {
    const nodeSelector = { 'nvidia.com/gpu.product': value, gpu: value };
    expect(podOf(renderNimDeployment({ nodeSelector }))).toMatchObject({ nodeSelector });
  });

  it('with a credential in an annotation of the pod', () => {
    expectRefusal(() => nimDeployment({ podAnnotations: { 'example.com/key': 'nvapi-canary' } }), {
      what: 'NimDeployment podAnnotations',
      value: '"(hidden)"',
      because: 'it holds an NVIDIA API key, and manifests are stored in Git',
      instead: 'put it into a Secret',
    });
  });
});
