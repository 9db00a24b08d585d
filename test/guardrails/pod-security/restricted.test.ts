import { describe, expect, it } from 'vitest';
import { against, type Given, secure } from './support';

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
