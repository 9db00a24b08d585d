import { describe, expect, it } from 'vitest';
import {
  type PodSecurityLevel,
  podSecurityViolations,
  podSecurityViolationsOfRange,
} from '../../../lib/guardrails/pod-security/evaluate';
import { showPath } from '../../../lib/manifests/fields';
import { podOf } from '../../../lib/manifests/pods';
import { alone } from '../../support/rules';

type Given = Readonly<{ spec?: object; container?: object; annotations?: Record<string, string> }>;

/** A Pod that meets both standards, and what the test adds to it. */
function podWith({ spec, container, annotations = {} }: Given): NonNullable<ReturnType<typeof podOf>> {
  const [object] = alone('v1', 'Pod', {
    metadata: { name: 'alone', namespace: 'embeddings', annotations },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'a',
          image: 'a:1',
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          ...container,
        },
      ],
      ...spec,
    },
  });
  const pod = object && podOf(object);
  if (pod === undefined) {
    throw new Error('a Pod has a pod');
  }
  return pod;
}

function against(given: Given, level: PodSecurityLevel = 'baseline', minor = 34): string[] {
  return podSecurityViolations(podWith(given), level, minor).map(
    ({ path, message }) => `${showPath(path)}: ${message}`,
  );
}

const secure = (fields: object): Given => ({ container: { securityContext: fields } });
const annotated = (value: string): Given => ({
  annotations: { 'container.apparmor.security.beta.kubernetes.io/a': value },
});

describe('baseline lets', () => {
  it.each<[string, Given]>([
    ...[
      'AUDIT_WRITE',
      'CHOWN',
      'DAC_OVERRIDE',
      'FOWNER',
      'FSETID',
      'KILL',
      'MKNOD',
      'NET_BIND_SERVICE',
      'SETFCAP',
      'SETGID',
      'SETPCAP',
      'SETUID',
      'SYS_CHROOT',
    ].map((name): [string, Given] => [`the capability ${name}`, secure({ capabilities: { add: [name] } })]),
    ...['', 'container_t', 'container_init_t', 'container_kvm_t', 'container_engine_t'].map((type): [string, Given] => [
      `the SELinux type ${JSON.stringify(type)}`,
      secure({ seLinuxOptions: { type } }),
    ]),
    ...['', 'runtime/default', 'localhost/a'].map((value): [string, Given] => [
      `the AppArmor annotation ${JSON.stringify(value)}`,
      annotated(value),
    ]),
    ['the default procMount', secure({ procMount: 'Default' })],
    ['volumes that are no path of the node', { spec: { volumes: [{ name: 'a', emptyDir: {} }] } }],
  ])('%s pass', (_, given) => {
    expect(against(given)).toEqual([]);
  });
});

describe('baseline refuses', () => {
  it.each<[string, Given, string]>([
    ['another capability', secure({ capabilities: { add: ['SYS_ADMIN'] } }), 'SYS_ADMIN'],
    ['an empty capability', secure({ capabilities: { add: [''] } }), '""'],
    ['another AppArmor annotation', annotated('unconfined'), 'the AppArmor profile is "unconfined"'],
    ['an unmasked procMount', secure({ procMount: 'Unmasked' }), 'procMount is "Unmasked"'],
    ['an empty procMount', secure({ procMount: '' }), 'procMount is ""'],
    [
      'a path of the node',
      { spec: { volumes: [{ name: 'a', hostPath: { path: '/' } }] } },
      'spec.volumes[0].hostPath: a volume is a path of the node',
    ],
    ['another SELinux type', secure({ seLinuxOptions: { type: 'spc_t' } }), 'seLinuxOptions.type is "spc_t"'],
  ])('%s', (_, given, message) => {
    const found = against(given);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });

  it.each([
    { livenessProbe: { httpGet: { host: 'a', port: 80 } } },
    { readinessProbe: { tcpSocket: { host: 'a', port: 80 } } },
    { startupProbe: { httpGet: { host: 'a', port: 80 } } },
    { lifecycle: { postStart: { httpGet: { host: 'a', port: 80 } } } },
    { lifecycle: { preStop: { tcpSocket: { host: 'a', port: 80 } } } },
  ])('a question to another host: %j', (container) => {
    expect(against({ container })).toHaveLength(1);
  });

  it('annotations of AppArmor only, and no others', () => {
    expect(against({ annotations: { 'example.com/a': 'unconfined' } })).toEqual([]);
  });
});

describe('restricted', () => {
  it('names each field once, where baseline has the same control', () => {
    expect(
      against(
        secure({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'], add: ['KILL'] } }),
        'restricted',
      ),
    ).toHaveLength(1);
    const unconfined = { securityContext: { runAsNonRoot: true, seccompProfile: { type: 'Unconfined' } } };
    const found = against({ spec: unconfined }, 'restricted');
    expect(found).toContain('spec.securityContext.seccompProfile.type: seccompProfile.type is "Unconfined"');
    expect(new Set(found).size).toBe(found.length);
  });

  it('lets an emptyDir pass', () => {
    expect(against({ spec: { volumes: [{ name: 'a', emptyDir: {} }] } }, 'restricted')).toEqual([]);
  });

  it('refuses a pod that says that it may be root, also when its containers say otherwise', () => {
    const found = against(
      {
        spec: { securityContext: { runAsNonRoot: false, seccompProfile: { type: 'RuntimeDefault' } } },
        container: {
          securityContext: { runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      },
      'restricted',
    );
    expect(found).toEqual(['spec.securityContext.runAsNonRoot: runAsNonRoot is false']);
  });

  it('lets root pass in a user namespace from 1.35 on', () => {
    const root = { runAsUser: 0, seccompProfile: { type: 'RuntimeDefault' } };
    const inNamespace: Given = { spec: { securityContext: root, hostUsers: false } };
    const onNode: Given = { spec: { securityContext: root } };
    expect(against(inNamespace, 'restricted', 35)).toEqual([]);
    expect(against(inNamespace, 'restricted', 34)).toHaveLength(2);
    expect(against(onNode, 'restricted', 35)).toHaveLength(2);
  });
});

describe('a range of versions', () => {
  it('forbids what its oldest version forbids', () => {
    const pod = podWith(secure({ seLinuxOptions: { type: 'container_engine_t' } }));
    expect(podSecurityViolationsOfRange(pod, 'baseline', { oldest: 30, newest: 34 })).toHaveLength(1);
    expect(podSecurityViolationsOfRange(pod, 'baseline', { oldest: 31, newest: 34 })).toHaveLength(0);
  });

  it('forbids what a newer version added, from that version on', () => {
    const pod = podWith({ container: { livenessProbe: { httpGet: { host: 'example.com', port: 80 } } } });
    expect(podSecurityViolations(pod, 'baseline', 33)).toEqual([]);
    expect(podSecurityViolationsOfRange(pod, 'baseline', { oldest: 33, newest: 34 })).toHaveLength(1);
    expect(podSecurityViolationsOfRange(pod, 'baseline', { oldest: 30, newest: 33 })).toEqual([]);
  });
});
