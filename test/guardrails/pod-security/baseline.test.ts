import { describe, expect, it } from 'vitest';
import { against, type Given, secure } from './support';

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
