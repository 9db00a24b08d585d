import { Size } from 'cdk8s';
import {
  ConfigMap,
  type IPersistentVolumeClaim,
  PersistentVolumeAccessMode,
  PersistentVolumeClaim,
} from 'cdk8s-plus-28';
import { ContainerImage, ModelCache, NimVolume } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { find, testChart } from '../support/manifests';
import { nimDeployment, renderNimDeployment, secretIn, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { nimOf, podOf } from '../support/workload';

const { READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE } = PersistentVolumeAccessMode;
const GIBIBYTE = Size.gibibytes(1);

function claim(name = 'adapters'): IPersistentVolumeClaim {
  return PersistentVolumeClaim.fromClaimName(testChart(), 'claim', name);
}

function configMap(name: string): ReturnType<typeof ConfigMap.fromConfigMapName> {
  return ConfigMap.fromConfigMapName(testChart(), 'map', name);
}

function rendered(volume: NimVolume): { volume: unknown; mount: unknown } {
  const objects = renderNimDeployment({ volumes: { extra: volume } });
  return {
    volume: podOf(objects).volumes.find(({ name }) => name === 'extra'),
    mount: nimOf(objects).volumeMounts.find(({ name }) => name === 'extra'),
  };
}

describe('a further volume of the NIM', () => {
  it.each<[string, NimVolume, object, object]>([
    [
      'the keys of a ConfigMap, read-only',
      NimVolume.fromConfigMap('/etc/a', configMap('settings')),
      { configMap: { name: 'settings' } },
      { readOnly: true },
    ],
    [
      'the keys of a Secret, read-only',
      NimVolume.fromSecret('/etc/a', secretIn(testChart(), 'login')),
      { secret: { secretName: 'login' } },
      { readOnly: true },
    ],
    ['a claim', NimVolume.fromClaim('/etc/a', claim()), { persistentVolumeClaim: { claimName: 'adapters' } }, {}],
    [
      'a claim that can only be read',
      NimVolume.fromClaim('/etc/a', claim(), { accessMode: READ_ONLY_MANY }),
      { persistentVolumeClaim: { claimName: 'adapters', readOnly: true } },
      { readOnly: true },
    ],
    [
      'an empty directory with its bound',
      NimVolume.emptyDir('/etc/a', GIBIBYTE),
      { emptyDir: { sizeLimit: '1Gi' } },
      {},
    ],
  ])('is %s', (_, volume, source, mount) => {
    expect(rendered(volume)).toEqual({
      volume: { name: 'extra', ...source },
      mount: { name: 'extra', mountPath: '/etc/a', ...mount },
    });
  });

  it('is a prerequisite on the Deployment when it is a claim, whoever mounts it', () => {
    const image = ContainerImage.fromReference('registry.example.com/logs:1.0.0');
    const own = NimVolume.fromClaim('/own', claim('b'));
    const other = NimVolume.fromClaim('/other', claim('a'));
    const props = { volumes: { own }, sidecars: [{ name: 'logs', image, volumes: { own, other } }] };
    expect(find(renderNimDeployment(props), 'Deployment').metadata.annotations).toMatchObject({
      'cdk8s-nim/prerequisite-volumes': 'these claims exist before the pods start: a, b',
    });
    const without = renderNimDeployment({ volumes: { extra: NimVolume.emptyDir('/a', GIBIBYTE) } });
    expect(find(without, 'Deployment').metadata.annotations).not.toHaveProperty(['cdk8s-nim/prerequisite-volumes']);
  });

  it('counts as ephemeral storage of the pod when it is an empty directory', () => {
    const volumes = { extra: NimVolume.emptyDir('/a', Size.gibibytes(3)) };
    expect(nimOf(renderNimDeployment({ volumes })).resources.requests['ephemeral-storage']).toBe('11Gi');
  });

  it('renders the same in whatever order it is given', () => {
    const [a, b] = [NimVolume.emptyDir('/a', GIBIBYTE), NimVolume.emptyDir('/b', GIBIBYTE)];
    expect(renderNimDeployment({ volumes: { b, a } })).toEqual(renderNimDeployment({ volumes: { a, b } }));
  });

  it.each([READ_WRITE_MANY, READ_ONLY_MANY])('may be a claim for several replicas: %s', (accessMode) => {
    const volumes = { extra: NimVolume.fromClaim('/a', claim(), { accessMode }) };
    expect(() => nimDeployment({ replicas: 2, modelCache: ModelCache.ephemeral(), volumes })).not.toThrow();
  });
});

describe('a further volume is refused', () => {
  it.each(['', 'etc/a', '/', '//a', '/a/', '/a/../b', '/a/./b', '/a:b'])('at %j', (path) => {
    expectRefusal(() => NimVolume.emptyDir(path, GIBIBYTE), {
      what: 'NimVolume.emptyDir mountPath',
      value: JSON.stringify(path),
      because: 'a path begins with "/"',
      instead: 'write for example "/etc/nim-settings"',
    });
  });

  it.each(['/proc', '/sys/fs', '/dev', '/run/secrets/kubernetes.io/serviceaccount', '/var/run/secrets/kubernetes.io'])(
    'at %s of the system',
    (path) => {
      expectRefusal(() => NimVolume.fromSecret(path, secretIn(testChart(), 'token')), {
        what: 'NimVolume.fromSecret mountPath',
        value: JSON.stringify(path),
        because: 'it belongs to the system, or is where programs look for a token of the Kubernetes API',
        instead: 'write a path of your own',
      });
    },
  );

  it.each([
    ['/tmp', '1.13.0', '/tmp'],
    ['/tmp/a', '1.13.0', '/tmp'],
    ['/opt/nim', '1.13.0', '/opt/nim/.cache'],
    ['/opt/nim/.cache/a', '1.13.0', '/opt/nim/.cache'],
    ['/model', '2.3.0', '/model'],
    ['/opt', '2.3.0', '/opt/cache'],
  ])('at %s of an image %s, where the NIM has %s', (path, tag, own) => {
    const volumes = { extra: NimVolume.emptyDir(path, GIBIBYTE) };
    expectRefusal(() => nimDeployment({ image: taggedImage(tag), volumes }), {
      what: 'NimDeployment volumes extra mountPath',
      value: JSON.stringify(path),
      because: `the container has a volume of its own at ${own}`,
      instead: 'write another path',
    });
  });

  it('at the path of another one', () => {
    const volumes = { a: NimVolume.emptyDir('/a', GIBIBYTE), b: NimVolume.emptyDir('/a', GIBIBYTE) };
    expectRefusal(() => nimDeployment({ volumes }), {
      what: 'mount path of a pod',
      value: '"/a"',
      because: 'NimDeployment volumes gives it twice',
      instead: 'keep one of the two',
    });
  });

  it('with the name of one of the NIM', () => {
    expectRefusal(() => nimDeployment({ volumes: { tmp: NimVolume.emptyDir('/a', GIBIBYTE) } }), {
      what: 'volume of a pod',
      value: '"tmp"',
      because: 'both give it',
      instead: 'keep one of the two',
    });
  });

  it('with a name that no volume has', () => {
    expectRefusal(() => nimDeployment({ volumes: { A_B: NimVolume.emptyDir('/a', GIBIBYTE) } }), {
      what: 'NimDeployment volumes name',
      value: '"A_B"',
      because: '1 to 63 lower-case letters',
      instead: 'shorten or rename it',
    });
  });

  it('as a claim for one node, with several replicas', () => {
    const volumes = { extra: NimVolume.fromClaim('/a', claim()) };
    expectRefusal(() => nimDeployment({ replicas: 2, modelCache: ModelCache.ephemeral(), volumes }), {
      what: 'NimDeployment volumes extra',
      value: JSON.stringify(READ_WRITE_ONCE),
      because: 'only one node can mount it, and there may be 2 pods',
      instead: 'READ_WRITE_MANY or READ_ONLY_MANY, or take one replica',
    });
  });

  it('without a size', () => {
    expectRefusal(() => NimVolume.emptyDir('/a', Size.gibibytes(0)), {
      what: 'NimVolume.emptyDir sizeLimit',
      value: '"0Gi"',
      because: 'more than zero',
      instead: 'Size.gibibytes(50)',
    });
  });

  it.each([
    ['NimVolume.fromConfigMap source', () => NimVolume.fromConfigMap('/a', configMap('A_B'))],
    ['NimVolume.fromSecret source', () => NimVolume.fromSecret('/a', secretIn(testChart(), 'A_B'))],
    ['NimVolume.fromClaim claim', () => NimVolume.fromClaim('/a', claim('A_B'))],
  ])('with a name that no object has: %s', (what, run) => {
    expectRefusal(run, { what, value: '"A_B"', because: 'an object name is', instead: 'kubectl get' });
  });
});
