import { describe, expect, it } from 'vitest';
import { podSecurityRestricted } from '../../../lib/guardrails/rules/pod-security-restricted';
import { alone, edit, nimWith, REMOVED, testRule, violations } from '../../support/rules';

const CONTAINER = { name: 'a', image: 'a:1', securityContext: secure() };

function secure(): Record<string, unknown> {
  return { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
}

/** A Pod that meets the standard, and what the test adds to its spec. */
function pod(spec: object = {}): ReturnType<typeof alone> {
  return alone('v1', 'Pod', {
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [CONTAINER],
      ...spec,
    },
  });
}

function context(fields: object): ReturnType<typeof alone> {
  return pod({ containers: [{ ...CONTAINER, securityContext: { ...secure(), ...fields } }] });
}

function podContext(fields: object): ReturnType<typeof alone> {
  return pod({ securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' }, ...fields } });
}

const C = 'Pod: spec.containers[0]';
const APPARMOR = 'container.apparmor.security.beta.kubernetes.io/a';

testRule(podSecurityRestricted, {
  accepts: {
    'a plain pod': pod(),
    'the settings on the container instead of the pod': pod({
      securityContext: {},
      containers: [
        {
          ...CONTAINER,
          securityContext: {
            ...secure(),
            runAsNonRoot: true,
            seccompProfile: { type: 'Localhost', localhostProfile: 'a' },
          },
        },
      ],
    }),
    'the one capability that may be added': context({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }),
    'every allowed type of volume': pod({
      volumes: [
        'configMap',
        'csi',
        'downwardAPI',
        'emptyDir',
        'ephemeral',
        'image',
        'persistentVolumeClaim',
        'projected',
        'secret',
      ].map((type) => ({ name: type.toLowerCase(), [type]: {} })),
    }),
    'a volume that says nothing, which is an emptyDir': pod({ volumes: [{ name: 'a' }] }),
    'an SELinux type of containers': podContext({ seLinuxOptions: { type: 'container_t' } }),
    'a safe sysctl': podContext({ sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }] }),
    'AppArmor profiles': edit(
      context({ appArmorProfile: { type: 'Localhost', localhostProfile: 'a' } }),
      'Pod',
      `metadata.annotations[${APPARMOR}]`,
      'localhost/a',
    ),
    'a host port of zero': pod({ containers: [{ ...CONTAINER, ports: [{ containerPort: 1, hostPort: 0 }] }] }),
    'a probe of the pod itself': pod({ containers: [{ ...CONTAINER, livenessProbe: { httpGet: { host: '' } } }] }),
    'Windows without what Linux needs': pod({
      os: { name: 'windows' },
      securityContext: { runAsNonRoot: true },
      containers: [{ name: 'a' }],
    }),
    'an object without pods': alone('v1', 'ConfigMap'),
  },
  refuses: {
    'the network of the node': [pod({ hostNetwork: true }), 'Pod: spec.hostNetwork'],
    'the processes of the node': [pod({ hostPID: true }), 'Pod: spec.hostPID'],
    'the IPC of the node': [pod({ hostIPC: true }), 'Pod: spec.hostIPC'],
    'a privileged container': [context({ privileged: true }), `${C}.securityContext.privileged`],
    'a container that drops nothing': [
      context({ capabilities: { drop: ['NET_RAW'] } }),
      `${C}.securityContext.capabilities.drop`,
    ],
    'another capability': [
      context({ capabilities: { drop: ['ALL'], add: ['CHOWN'] } }),
      `${C}.securityContext.capabilities.add[0]`,
    ],
    'a path of the node': [pod({ volumes: [{ name: 'a', hostPath: { path: '/' } }] }), 'Pod: spec.volumes[0]'],
    'another type of volume': [pod({ volumes: [{ name: 'a', nfs: {} }] }), 'Pod: spec.volumes[0]'],
    'a port of the node': [
      pod({ containers: [{ ...CONTAINER, ports: [{ containerPort: 1, hostPort: 80 }] }] }),
      `${C}.ports[0].hostPort`,
    ],
    'no AppArmor': [context({ appArmorProfile: { type: 'Unconfined' } }), `${C}.securityContext.appArmorProfile.type`],
    'no AppArmor by annotation': [
      edit(pod(), 'Pod', `metadata.annotations[${APPARMOR}]`, 'unconfined'),
      `Pod: metadata.annotations["${APPARMOR}"]`,
    ],
    'another SELinux type': [
      podContext({ seLinuxOptions: { type: 'spc_t' } }),
      'Pod: spec.securityContext.seLinuxOptions.type',
    ],
    'an SELinux user and role': [
      context({ seLinuxOptions: { user: 'a', role: 'b' } }),
      `${C}.securityContext.seLinuxOptions.user`,
      `${C}.securityContext.seLinuxOptions.role`,
    ],
    'an unmasked /proc': [context({ procMount: 'Unmasked' }), `${C}.securityContext.procMount`],
    'a pod without a seccomp profile': [
      pod({ securityContext: { runAsNonRoot: true } }),
      `${C}.securityContext.seccompProfile.type`,
    ],
    'no seccomp for one container': [
      context({ seccompProfile: { type: 'Unconfined' } }),
      `${C}.securityContext.seccompProfile.type`,
    ],
    'an unsafe sysctl': [
      podContext({ sysctls: [{ name: 'kernel.msgmax', value: '1' }] }),
      'Pod: spec.securityContext.sysctls[0].name',
    ],
    'a sysctl with the name of a member of every object': [
      podContext({ sysctls: [{ name: 'constructor', value: '1' }] }),
      'Pod: spec.securityContext.sysctls[0].name',
    ],
    'a process of a Windows node': [
      podContext({ windowsOptions: { hostProcess: true } }),
      'Pod: spec.securityContext.windowsOptions.hostProcess',
    ],
    'privilege escalation that nobody forbids': [
      context({ allowPrivilegeEscalation: undefined }),
      `${C}.securityContext.allowPrivilegeEscalation`,
    ],
    'a pod that may be root': [
      pod({ securityContext: { seccompProfile: { type: 'RuntimeDefault' } } }),
      `${C}.securityContext.runAsNonRoot`,
    ],
    'a container that may be root': [context({ runAsNonRoot: false }), `${C}.securityContext.runAsNonRoot`],
    'the user 0': [podContext({ runAsUser: 0 }), 'Pod: spec.securityContext.runAsUser'],
    'a probe of another host': [
      pod({ containers: [{ ...CONTAINER, startupProbe: { tcpSocket: { host: 'a', port: 1 } } }] }),
      `${C}.startupProbe.tcpSocket.host`,
    ],
    'a hook that calls another host': [
      pod({ containers: [{ ...CONTAINER, lifecycle: { preStop: { httpGet: { host: 'a', port: 1 } } } }] }),
      `${C}.lifecycle.preStop.httpGet.host`,
    ],
    'an ephemeral container without settings': [
      pod({ ephemeralContainers: [{ name: 'debug' }] }),
      'Pod: spec.ephemeralContainers[0].securityContext.allowPrivilegeEscalation',
      'Pod: spec.ephemeralContainers[0].securityContext.capabilities.drop',
    ],
    'an init container without settings': [
      nimWith(['Deployment', 'spec.template.spec.initContainers', [{ name: 'init' }]]),
      'Deployment: spec.template.spec.initContainers[0].securityContext.allowPrivilegeEscalation',
      'Deployment: spec.template.spec.initContainers[0].securityContext.capabilities.drop',
    ],
  },
});

describe('pod-security-restricted, by kind', () => {
  const template = { metadata: {}, spec: { hostNetwork: true } };
  const cases: [string, string, object, string][] = [
    ['apps/v1', 'StatefulSet', { spec: { template } }, 'spec.template.spec'],
    ['apps/v1', 'DaemonSet', { spec: { template } }, 'spec.template.spec'],
    ['apps/v1', 'ReplicaSet', { spec: { template } }, 'spec.template.spec'],
    ['v1', 'ReplicationController', { spec: { template } }, 'spec.template.spec'],
    ['batch/v1', 'Job', { spec: { template } }, 'spec.template.spec'],
    ['batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template } } } }, 'spec.jobTemplate.spec.template.spec'],
    ['v1', 'PodTemplate', { template }, 'template.spec'],
  ];

  it.each(cases)('reads the pods of %s %s', (apiVersion, kind, fields, path) => {
    expect(violations(podSecurityRestricted, alone(apiVersion, kind, fields))).toEqual([
      `${kind}: ${path}.hostNetwork`,
    ]);
  });
});

describe('pod-security-restricted, by version', () => {
  const hostProbe = pod({ containers: [{ ...CONTAINER, livenessProbe: { httpGet: { host: 'a' } } }] });
  const userNamespace = pod({
    hostUsers: false,
    securityContext: { runAsUser: 0, seccompProfile: { type: 'Localhost' } },
  });
  const sysctl = podContext({ sysctls: [{ name: 'net.ipv4.tcp_rmem', value: '1' }] });
  const engine = podContext({ seLinuxOptions: { type: 'container_engine_t' } });

  it.each([['the host of a probe', hostProbe, '1.33', '1.34']])(
    'refuses %s from %s on',
    (_, objects, accepted, refused) => {
      expect(violations(podSecurityRestricted, objects, accepted)).toEqual([]);
      expect(violations(podSecurityRestricted, objects, refused)).not.toEqual([]);
      expect(violations(podSecurityRestricted, objects)).not.toEqual([]);
    },
  );

  it.each([
    ['root in a user namespace', userNamespace, '1.34', '1.35'],
    ['net.ipv4.tcp_rmem', sysctl, '1.31', '1.32'],
    ['the SELinux type container_engine_t', engine, '1.30', '1.31'],
  ])('accepts %s after %s', (_, objects, refused, accepted) => {
    expect(violations(podSecurityRestricted, objects, refused)).not.toEqual([]);
    expect(violations(podSecurityRestricted, objects, accepted)).toEqual([]);
    expect(violations(podSecurityRestricted, objects)).not.toEqual([]);
  });

  it('keeps /proc masked in a user namespace', () => {
    const objects = pod({
      hostUsers: false,
      containers: [{ ...CONTAINER, securityContext: { ...secure(), procMount: 'Unmasked' } }],
    });
    expect(violations(podSecurityRestricted, objects, '1.35')).toEqual([`${C}.securityContext.procMount`]);
  });
});

it('pod-security-restricted names a removed field of a real render', () => {
  const path = 'spec.template.spec.containers.0.securityContext.allowPrivilegeEscalation';
  expect(violations(podSecurityRestricted, nimWith(['Deployment', path, REMOVED]))).toEqual([
    'Deployment: spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation',
  ]);
});
