import { describe, expect, it } from 'vitest';
import { podSecurityViolations, podSecurityViolationsOfRange } from '../../../lib/guardrails/pod-security/evaluate';
import { showPath } from '../../../lib/manifests/fields';
import { podOf } from '../../../lib/manifests/pods';
import { alone } from '../../support/rules';
import { podWith, secure } from './support';

/** A Pod that meets the level, and what the test adds to its spec. */
function pod(spec: object = {}): ReturnType<typeof alone> {
  return alone('v1', 'Pod', {
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [{ name: 'a', image: 'a:1' }],
      ...spec,
    },
  });
}

describe('the level baseline', () => {
  const baseline = (objects: ReturnType<typeof alone>, minor = 30): string[] => {
    const [object] = objects;
    const found = object === undefined ? undefined : podOf(object);
    return found === undefined
      ? ['no pod']
      : podSecurityViolations(found, 'baseline', minor).map(({ path }) => showPath(path));
  };

  it('accepts a pod that only restricted forbids', () => {
    expect(baseline(pod({ securityContext: {}, containers: [{ name: 'a' }] }))).toEqual([]);
  });

  it('refuses paths of the node, added capabilities and no seccomp', () => {
    const bad = pod({
      securityContext: { seccompProfile: { type: 'Unconfined' } },
      volumes: [{ name: 'a', hostPath: { path: '/' } }],
      containers: [{ name: 'a', securityContext: { capabilities: { add: ['SYS_ADMIN', 'CHOWN'] } } }],
    });
    expect(baseline(bad)).toEqual([
      'spec.containers[0].securityContext.capabilities.add[0]',
      'spec.volumes[0].hostPath',
      'spec.securityContext.seccompProfile.type',
    ]);
  });

  it('lets a pod in a user namespace see /proc from 1.35 on', () => {
    const unmasked = pod({ hostUsers: false, containers: [{ name: 'a', securityContext: { procMount: 'Unmasked' } }] });
    expect(baseline(unmasked, 34)).toEqual(['spec.containers[0].securityContext.procMount']);
    expect(baseline(unmasked, 35)).toEqual([]);
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
