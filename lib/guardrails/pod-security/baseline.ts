import { at, listAt, textAt } from '../../manifests/fields';
import type { Pod } from '../../manifests/pods';
import type { Violation } from '../rule';
import { allContexts, containerContext, forbidden, inUserNamespace, type PodSecurityCheck } from './check';

const DEFAULT_CAPABILITIES = [
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
];

const SELINUX_TYPES = ['', 'container_t', 'container_init_t', 'container_kvm_t'];
const SELINUX_TYPES_SINCE_31 = [...SELINUX_TYPES, 'container_engine_t'];

/** Sysctls that only touch the pod, with the minor version that allowed them. */
const SAFE_SYSCTLS: Readonly<Record<string, number>> = {
  'kernel.shm_rmid_forced': 0,
  'net.ipv4.ip_local_port_range': 0,
  'net.ipv4.tcp_syncookies': 0,
  'net.ipv4.ping_group_range': 0,
  'net.ipv4.ip_unprivileged_port_start': 0,
  'net.ipv4.ip_local_reserved_ports': 27,
  'net.ipv4.tcp_keepalive_time': 29,
  'net.ipv4.tcp_fin_timeout': 29,
  'net.ipv4.tcp_keepalive_intvl': 29,
  'net.ipv4.tcp_keepalive_probes': 29,
  'net.ipv4.tcp_rmem': 32,
  'net.ipv4.tcp_wmem': 32,
  'net.ipv4.tcp_slow_start_after_idle': 37,
  'net.ipv4.tcp_notsent_lowat': 37,
};

const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';
const RUNTIME_PROFILES: readonly unknown[] = ['RuntimeDefault', 'Localhost'];

const PROBES = ['livenessProbe', 'readinessProbe', 'startupProbe'];
const LIFECYCLE_HANDLERS = ['postStart', 'preStop'];

/** Seccomp types that both standards allow. */
export function isRuntimeProfile(type: unknown): boolean {
  return RUNTIME_PROFILES.includes(type);
}

/** Every procMount other than the default. */
export function unmaskedProc(pod: Pod): Violation[] {
  return forbidden(
    pod.containers.map(containerContext),
    ['procMount'],
    (value) => value !== undefined && value !== 'Default',
  );
}

/** The controls of the Pod Security Standard `baseline`. */
export const BASELINE: readonly PodSecurityCheck[] = [
  {
    id: 'hostNamespaces',
    check: (pod) =>
      ['hostNetwork', 'hostPID', 'hostIPC']
        .filter((field) => at(pod.spec, field) === true)
        .map((field) => ({ path: [...pod.specPath, field], message: `${field} is true` })),
  },
  {
    id: 'privileged',
    check: (pod) => forbidden(pod.containers.map(containerContext), ['privileged'], (value) => value === true),
  },
  {
    id: 'capabilities_baseline',
    check: (pod) => addedCapabilities(pod, DEFAULT_CAPABILITIES),
  },
  {
    id: 'hostPathVolumes',
    check: (pod) =>
      listAt(pod.spec, 'volumes').flatMap((volume, index) =>
        at(volume, 'hostPath') === undefined
          ? []
          : [{ path: [...pod.specPath, 'volumes', index, 'hostPath'], message: 'a volume is a path of the node' }],
      ),
  },
  {
    id: 'hostPorts',
    check: (pod) =>
      pod.containers.flatMap(({ fields, path }) =>
        listAt(fields, 'ports').flatMap((port, index) => {
          const hostPort = at(port, 'hostPort') ?? 0;
          return hostPort === 0
            ? []
            : [{ path: [...path, 'ports', index, 'hostPort'], message: `hostPort is ${JSON.stringify(hostPort)}` }];
        }),
      ),
  },
  {
    id: 'appArmorProfile',
    check: (pod) => [
      ...allContexts(pod)
        .filter(({ fields }) => at(fields, 'appArmorProfile') !== undefined)
        .flatMap((context) => forbidden([context], ['appArmorProfile', 'type'], (type) => !isRuntimeProfile(type))),
      ...Object.entries(pod.annotations)
        .filter(([name, value]) => name.startsWith(APPARMOR_ANNOTATION) && !isAllowedAppArmor(value))
        .map(([name, value]) => ({
          path: [...pod.path, 'metadata', 'annotations', name],
          message: `the AppArmor profile is ${JSON.stringify(value)}`,
        })),
    ],
  },
  {
    id: 'seLinuxOptions',
    check: (pod: Pod, minor: number): Violation[] => {
      const types: readonly unknown[] = minor >= 31 ? SELINUX_TYPES_SINCE_31 : SELINUX_TYPES;
      const contexts = allContexts(pod);
      return [
        ...forbidden(contexts, ['seLinuxOptions', 'type'], (type) => !types.includes(type ?? '')),
        ...forbidden(contexts, ['seLinuxOptions', 'user'], (user) => (user ?? '') !== ''),
        ...forbidden(contexts, ['seLinuxOptions', 'role'], (role) => (role ?? '') !== ''),
      ];
    },
  },
  {
    id: 'procMount',
    check: (pod, minor) => (minor >= 35 && inUserNamespace(pod) ? [] : unmaskedProc(pod)),
  },
  {
    id: 'seccompProfile_baseline',
    check: (pod) =>
      allContexts(pod)
        .filter(({ fields }) => at(fields, 'seccompProfile') !== undefined)
        .flatMap((context) => forbidden([context], ['seccompProfile', 'type'], (type) => !isRuntimeProfile(type))),
  },
  {
    id: 'sysctls',
    check: (pod, minor) =>
      listAt(pod.spec, 'securityContext', 'sysctls').flatMap((sysctl, index) => {
        const name = textAt(sysctl, 'name') ?? '';
        const since = Object.hasOwn(SAFE_SYSCTLS, name) ? SAFE_SYSCTLS[name] : undefined;
        return since !== undefined && since <= minor
          ? []
          : [
              {
                path: [...pod.specPath, 'securityContext', 'sysctls', index, 'name'],
                message: `the sysctl ${JSON.stringify(name)} is not safe`,
              },
            ];
      }),
  },
  {
    id: 'windowsHostProcess',
    check: (pod) => forbidden(allContexts(pod), ['windowsOptions', 'hostProcess'], (value) => value === true),
  },
  {
    id: 'hostProbesAndHostLifecycle',
    since: 34,
    check: (pod) =>
      pod.containers.flatMap(({ fields, path }) =>
        [...PROBES.map((probe) => [probe]), ...LIFECYCLE_HANDLERS.map((handler) => ['lifecycle', handler])].flatMap(
          (handler) =>
            ['httpGet', 'tcpSocket']
              .map((action) => [...handler, action, 'host'])
              .filter((field) => (at(fields, ...field) ?? '') !== '')
              .map((field) => ({
                path: [...path, ...field],
                message: `the node connects to the host ${JSON.stringify(at(fields, ...field))} instead of the pod`,
              })),
        ),
      ),
  },
];

/** Every added capability that is not in the list. */
export function addedCapabilities(pod: Pod, allowed: readonly unknown[]): Violation[] {
  return pod.containers.flatMap((container) => {
    const { fields, path } = containerContext(container);
    return listAt(fields, 'capabilities', 'add').flatMap((capability, index) =>
      allowed.includes(capability)
        ? []
        : [
            {
              path: [...path, 'capabilities', 'add', index],
              message: `the capability ${JSON.stringify(capability)} is added`,
            },
          ],
    );
  });
}

function isAllowedAppArmor(value: string): boolean {
  return value === '' || value === 'runtime/default' || value.startsWith('localhost/');
}
