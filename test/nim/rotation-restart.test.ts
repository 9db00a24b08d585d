import { ConfigMap } from 'cdk8s-plus-28';
import { CaBundle, ContainerImage, NimVolume, RotationRestart } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { INTERNAL_TLS } from '../support/internal-tls';
import { at, find, type Manifest, testChart } from '../support/manifests';
import { nimDeployment, renderNimDeployment, secretIn } from '../support/nims';
import { expectRefusal } from '../support/refusals';

const reloader = { rotationRestart: RotationRestart.reloader() };

function notes(deployment: Manifest): Record<string, string> {
  const all = deployment.metadata.annotations ?? {};
  return Object.fromEntries(Object.entries(all).filter(([name]) => name.includes('reloader.stakater.com')));
}

describe('RotationRestart.reloader', () => {
  it('watches the certificate of the pods', () => {
    const rendered = renderNimDeployment({ ...reloader, internalTls: INTERNAL_TLS });
    expect(notes(find(rendered, 'Deployment'))).toEqual({ 'secret.reloader.stakater.com/reload': 'api-certificate' });
  });

  it('watches whatever else the pods read, once each, and no part of a download', () => {
    const chart = testChart();
    const settings = ConfigMap.fromConfigMapName(chart, 'settings', 'settings');
    const token = { secret: secretIn(chart, 'upstream'), key: 'token' };
    const rendered = renderNimDeployment({
      ...reloader,
      internalTls: INTERNAL_TLS,
      caBundle: CaBundle.fromConfigMap(ConfigMap.fromConfigMapName(chart, 'authorities', 'authorities'), 'ca.crt'),
      secretEnv: { UPSTREAM: token },
      volumes: { settings: NimVolume.fromConfigMap('/settings', settings) },
      sidecars: [
        {
          name: 'collector',
          image: ContainerImage.fromReference('registry.example.com/collector:1.0.0'),
          secretEnv: { UPSTREAM: token, OTHER: { secret: secretIn(chart, 'collector'), key: 'token' } },
        },
      ],
    });
    expect(notes(find(rendered, 'Deployment'))).toEqual({
      'secret.reloader.stakater.com/reload': 'api-certificate,collector,upstream',
      'configmap.reloader.stakater.com/reload': 'settings',
    });
  });

  it('changes nothing of the pods themselves', () => {
    const pod = (rendered: Manifest[]): unknown => at(find(rendered, 'Deployment'), 'spec.template');
    expect(pod(renderNimDeployment({ ...reloader, internalTls: INTERNAL_TLS }))).toEqual(
      pod(renderNimDeployment({ internalTls: INTERNAL_TLS })),
    );
  });

  it('is refused where the pods have nothing but the NGC key', () => {
    expectRefusal(() => nimDeployment(reloader), {
      what: 'NimDeployment rotationRestart',
      value: '"RotationRestart.reloader()"',
      because: 'the pods read no Secret and no ConfigMap beside what a download needs',
      instead: 'leave it out; a new NGC key needs no restart',
    });
  });
});

describe('RotationRestart.version', () => {
  it('is a text of the pods, whose change is another ReplicaSet', () => {
    const deployment = find(renderNimDeployment({ rotationRestart: RotationRestart.version('7') }), 'Deployment');
    expect(at(deployment, 'spec.template.metadata.annotations')).toEqual({ 'cdk8s-nim/rotation': '7' });
    expect(notes(deployment)).toEqual({});
  });

  it.each([
    [' ', '" "', 'it is empty'],
    [`nvapi-${'a'.repeat(64)}`, '"(hidden)"', 'manifests are stored in Git'],
  ])('is refused with %j', (version, value, because) => {
    expectRefusal(() => RotationRestart.version(version), {
      what: 'RotationRestart.version',
      value,
      because,
      instead: 'write for example the version of the Secret in the secret manager, or a date',
    });
  });
});
