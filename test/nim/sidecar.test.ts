import { Size } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { ContainerImage, type NimSidecar, NimVolume, SecurityProfile } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { testChart } from '../support/manifests';
import { nimDeployment, renderNimDeployment, secretIn } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { initContainerOf, nimOf, podOf } from '../support/workload';

const minimal: NimSidecar = {
  name: 'logs',
  image: ContainerImage.fromReference('registry.example.com/logs:1.0.0'),
};
const settings = (): NimVolume =>
  NimVolume.fromConfigMap('/etc/logs', ConfigMap.fromConfigMapName(testChart(), 'settings', 'logs-settings'));

describe('a sidecar', () => {
  it('gets nothing of the NIM but its restrictions and a place to write', () => {
    expect(initContainerOf(renderNimDeployment({ sidecars: [minimal] }), 'logs')).toEqual({
      name: 'logs',
      image: 'registry.example.com/logs:1.0.0',
      imagePullPolicy: 'IfNotPresent',
      restartPolicy: 'Always',
      resources: {
        requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '256Mi' },
        limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '1Gi' },
      },
      securityContext: nimOf(renderNimDeployment())['securityContext'],
      volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
    });
  });

  it.each([SecurityProfile.STRICT, SecurityProfile.OPENSHIFT])(
    'is as locked down as the NIM: $name',
    (securityProfile) => {
      const objects = renderNimDeployment({ sidecars: [minimal], securityProfile });
      expect(initContainerOf(objects, 'logs')['securityContext']).toEqual(nimOf(objects)['securityContext']);
    },
  );

  it('leaves the NIM and its ports as they are', () => {
    expect(nimOf(renderNimDeployment({ sidecars: [minimal] }))).toEqual(nimOf(renderNimDeployment()));
  });

  it('starts before the init containers', () => {
    const { initContainers } = podOf(
      renderNimDeployment({ sidecars: [minimal], initContainers: [{ ...minimal, name: 'prepare' }] }),
    );
    expect(initContainers?.map(({ name, ...fields }) => [name, fields['restartPolicy']])).toEqual([
      ['logs', 'Always'],
      ['prepare', undefined],
    ]);
  });

  it('has what it is given', () => {
    const objects = renderNimDeployment((chart) => ({
      sidecars: [
        {
          ...minimal,
          command: ['logs'],
          args: ['--follow'],
          env: { MODE: 'json' },
          secretEnv: { LOGIN: { secret: secretIn(chart, 'login'), key: 'k' } },
          pullSecrets: [secretIn(chart, 'mirror')],
          volumes: { settings: settings() },
        },
      ],
    }));
    expect(initContainerOf(objects, 'logs')).toMatchObject({
      command: ['logs'],
      args: ['--follow'],
      env: [
        { name: 'MODE', value: 'json' },
        { name: 'LOGIN', valueFrom: { secretKeyRef: { name: 'login', key: 'k' } } },
      ],
      volumeMounts: [
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'settings', mountPath: '/etc/logs', readOnly: true },
      ],
    });
    expect(podOf(objects).imagePullSecrets).toEqual([{ name: 'ngc-secret' }, { name: 'mirror' }]);
    expect(nimOf(objects).volumeMounts.map(({ name }) => name)).not.toContain('settings');
  });

  it('shares a volume with the NIM and with another one', () => {
    const spool = NimVolume.emptyDir('/spool', Size.gibibytes(2));
    const sidecar = (name: string): NimSidecar => ({ ...minimal, name, volumes: { spool } });
    const objects = renderNimDeployment({ volumes: { spool }, sidecars: [sidecar('first'), sidecar('second')] });
    expect(podOf(objects).volumes.filter(({ name }) => name === 'spool')).toEqual([
      { name: 'spool', emptyDir: { sizeLimit: '2Gi' } },
    ]);
    for (const container of [nimOf(objects), ...['first', 'second'].map((name) => initContainerOf(objects, name))]) {
      expect(container.volumeMounts).toContainEqual({ name: 'spool', mountPath: '/spool' });
    }
    expect(nimOf(objects).resources.limits['ephemeral-storage']).toBe('10Gi');
  });
});

describe('a sidecar is refused', () => {
  it.each(['', 'Logs', 'a_b'])('with the name %j', (name) => {
    expectRefusal(() => nimDeployment({ sidecars: [{ ...minimal, name }] }), {
      what: 'sidecar name',
      value: JSON.stringify(name),
      because: '1 to 63 lower-case letters',
      instead: 'shorten or rename it',
    });
  });

  it('with the name of the NIM', () => {
    expectRefusal(() => nimDeployment({ sidecars: [{ ...minimal, name: 'nim' }] }), {
      what: 'container name',
      value: '"nim"',
      because: 'the main container of the pod has it',
      instead: 'give every container its own name',
    });
  });

  it('with the name of an init container', () => {
    expectRefusal(() => nimDeployment({ sidecars: [minimal], initContainers: [minimal] }), {
      what: 'container of a pod',
      value: '"logs"',
      because: 'both give it',
      instead: 'keep one of the two',
    });
  });

  it('with a volume that has the name of another one', () => {
    const sidecars = [{ ...minimal, volumes: { spool: NimVolume.emptyDir('/spool', Size.gibibytes(1)) } }];
    const volumes = { spool: NimVolume.emptyDir('/spool', Size.gibibytes(1)) };
    expectRefusal(() => nimDeployment({ volumes, sidecars }), {
      what: 'volume of a pod',
      value: '"spool"',
      because: 'NimDeployment volumes and sidecar logs volumes both give it',
      instead: 'keep one of the two',
    });
  });

  it('with a credential in its environment', () => {
    expectRefusal(() => nimDeployment({ sidecars: [{ ...minimal, env: { API_KEY: 'x' } }] }), {
      what: 'sidecar logs env API_KEY',
      value: '"(hidden)"',
      because: 'it holds a credential, by its name',
      instead: 'put it into a Secret',
    });
  });
});
