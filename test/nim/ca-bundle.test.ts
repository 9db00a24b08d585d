import type { Chart } from 'cdk8s';
import { ConfigMap, PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-28';
import { CaBundle, ModelCache, type NimDeploymentProps, NimVolume } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, type Manifest, testChart } from '../support/manifests';
import { airGapped, type Given, given, nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { type Container, literalsOf, nimOf, type Pod, podOf } from '../support/workload';

const httpsProxy = 'http://proxy.egress.svc:3128';
const FILE = '/etc/ca-bundle/ca-bundle.crt';
const VOLUME = { name: 'ca-bundle', configMap: { name: 'corp-ca', items: [{ key: 'ca.pem', path: 'ca-bundle.crt' }] } };
const MOUNT = { name: 'ca-bundle', mountPath: '/etc/ca-bundle', readOnly: true };
const VARIABLES = { SSL_CERT_FILE: FILE, REQUESTS_CA_BUNDLE: FILE, NIM_SDK_USE_NATIVE_TLS: '1' };

const configMap = (chart: Chart): ReturnType<typeof ConfigMap.fromConfigMapName> =>
  ConfigMap.fromConfigMapName(chart, 'ca', 'corp-ca');

const filled = (chart: Chart): ModelCache =>
  ModelCache.existingClaim(PersistentVolumeClaim.fromClaimName(chart, 'filled', 'filled'));

function withBundle(props: Given<NimDeploymentProps> = {}): (chart: Chart) => Partial<NimDeploymentProps> {
  return (chart) => ({ caBundle: CaBundle.fromConfigMap(configMap(chart), 'ca.pem'), ...given(props, chart) });
}

function fillOf(objects: readonly Manifest[]): Pod & { readonly initContainers: readonly Container[] } {
  const job = objects.find(({ kind }) => kind === 'Job');
  return at(job, 'spec.template.spec') as Pod & { readonly initContainers: readonly Container[] };
}

const prefetched = {
  modelCache: ModelCache.prefetched(ModelCache.claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY })),
};

describe('a bundle of authorities', () => {
  it.each([
    ['a proxy that nobody names', {}],
    ['a proxy that is named', { httpsProxy }],
  ])('is mounted read-only and named to a NIM that downloads behind %s', (_, props) => {
    const objects = renderNimDeployment(withBundle(props));
    expect(podOf(objects).volumes).toContainEqual(VOLUME);
    expect(nimOf(objects).volumeMounts).toContainEqual(MOUNT);
    expect(literalsOf(nimOf(objects))).toMatchObject(VARIABLES);
  });

  it('adds no container', () => {
    const { initContainers = [], containers } = podOf(renderNimDeployment(withBundle()));
    expect([...initContainers, ...containers].map(({ name }) => name)).toEqual(['nim']);
  });

  it('is that of the Job which fills a cache', () => {
    const fill = fillOf(renderNimDeployment(withBundle(prefetched)));
    expect(fill.volumes).toContainEqual(VOLUME);
    const containers = [...fill.initContainers, ...fill.containers];
    expect(containers).toHaveLength(2);
    for (const container of containers) {
      expect(container.volumeMounts).toContainEqual(MOUNT);
      expect(literalsOf(container)).toMatchObject(VARIABLES);
    }
  });

  it('is not that of the pods which find the cache filled', () => {
    const objects = renderNimDeployment(withBundle(prefetched));
    expect(podOf(objects).volumes).not.toContainEqual(VOLUME);
    expect(nimOf(objects).volumeMounts).not.toContainEqual(MOUNT);
    Object.keys(VARIABLES).forEach((name) => {
      expect(literalsOf(nimOf(objects))).not.toHaveProperty(name);
    });
  });

  it.each(['2.0.0', '2.3.0'])('is refused for an image %s', (tag) => {
    expectRefusal(() => nimDeployment(withBundle({ image: taggedImage(tag) })), {
      what: 'NimDeployment caBundle',
      value: '"corp-ca"',
      because: 'document no variable that names certificates for their download',
      instead: 'mount the ConfigMap with volumes, and set in env what you have tried; or use an image 1.x',
    });
  });

  it('is refused where nothing is downloaded', () => {
    expectRefusal(
      () => nimDeployment(withBundle((chart) => ({ credentials: airGapped(chart), modelCache: filled(chart) }))),
      {
        what: 'NimDeployment caBundle',
        value: '"corp-ca"',
        because: 'with air-gapped credentials nothing is downloaded',
        instead: 'leave it out, or give credentials with an NGC API key',
      },
    );
  });

  it.each([
    ['the NIM', {}],
    ['the Job', prefetched],
  ])('refuses another volume at its path in %s', (_, props) => {
    const volumes = (chart: Chart) => ({
      other: NimVolume.fromConfigMap('/etc/ca-bundle', ConfigMap.fromConfigMapName(chart, 'other', 'other')),
    });
    expectRefusal(() => nimDeployment(withBundle((chart) => ({ ...props, volumes: volumes(chart) }))), {
      what: 'NimDeployment volumes other mountPath',
      value: '"/etc/ca-bundle"',
      because: 'the container has a volume of its own at /etc/ca-bundle',
      instead: 'write another path',
    });
  });

  it('refuses its variables in env', () => {
    expectRefusal(() => nimDeployment(withBundle({ env: { SSL_CERT_FILE: '/ca.crt' } })), {
      what: 'NimDeployment env name',
      value: '"SSL_CERT_FILE"',
      because: 'the construct sets it from its own props',
      instead: 'caBundle',
    });
  });

  it.each(['', 'a/b', 'a b'])('is refused with the key %j', (key) => {
    expectRefusal(() => CaBundle.fromConfigMap(configMap(testChart()), key), {
      what: 'CaBundle.fromConfigMap key',
      value: JSON.stringify(key),
      because: 'a key of a ConfigMap is 1 to 253 letters, digits, "-", "_" and "."',
      instead: 'write the key as `kubectl describe configmap` prints it',
    });
  });

  it('is refused with the name of no ConfigMap', () => {
    expectRefusal(() => CaBundle.fromConfigMap(ConfigMap.fromConfigMapName(testChart(), 'ca', 'Corp_CA'), 'ca.pem'), {
      what: 'CaBundle.fromConfigMap source',
      value: '"Corp_CA"',
      because: 'an object name is 1 to 253',
      instead: 'kubectl get',
    });
  });
});
