import type { k8s } from 'cdk8s-plus-28';
import type { SecurityProfile } from './security-profile';

/** The security context of the pod. */
export function podSecurityContext(profile: SecurityProfile): k8s.PodSecurityContext {
  return {
    ...identity(profile),
    ...(profile.identity === undefined ? {} : { fsGroup: profile.identity.fsGroup }),
    // Without it the kubelet changes the owner of every cached file at each start. That holds too where the platform assigns the group.
    fsGroupChangePolicy: 'OnRootMismatch',
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** The security context of every container of the pod. */
export function containerSecurityContext(profile: SecurityProfile): k8s.SecurityContext {
  return {
    ...identity(profile),
    privileged: false,
    allowPrivilegeEscalation: false,
    readOnlyRootFilesystem: profile.readOnlyRootFilesystem,
    capabilities: { drop: ['ALL'] },
    seccompProfile: { type: 'RuntimeDefault' },
  };
}

/** The pod's resolver, where the profile says more than the cluster. */
export function dnsConfig({ ndots }: SecurityProfile): k8s.PodDnsConfig | undefined {
  return ndots === undefined ? undefined : { options: [{ name: 'ndots', value: String(ndots) }] };
}

function identity(profile: SecurityProfile): { runAsNonRoot: true; runAsUser?: number; runAsGroup?: number } {
  return profile.identity === undefined
    ? { runAsNonRoot: true }
    : { runAsNonRoot: true, runAsUser: profile.identity.runAsUser, runAsGroup: profile.identity.runAsGroup };
}
