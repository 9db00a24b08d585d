import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { SYNC_WAVE_FIRST } from '../../../common/annotations';
import { addObject } from '../../../common/api-object';
import type { IngressSpec } from '../../spec';

/** The router reads certificates with this account, whichever IngressController it belongs to. */
export const ROUTER_ACCOUNT = { name: 'router', namespace: 'openshift-ingress' };

/**
 * Lets the router read the one Secret: a Route is refused while the account of the router may not get, list and watch its
 * certificate, so this comes first.
 */
export function addCertificateAccess(scope: Construct, spec: IngressSpec): void {
  const metadata = {
    name: `${spec.name}-router-certificate`,
    labels: spec.labels,
    annotations: SYNC_WAVE_FIRST,
  };
  addObject(scope, 'CertificateRole', k8s.KubeRole, {
    metadata,
    rules: [
      {
        apiGroups: [''],
        resources: ['secrets'],
        resourceNames: [certificateSecret(spec)],
        verbs: ['get', 'list', 'watch'],
      },
    ],
  });
  addObject(scope, 'CertificateRoleBinding', k8s.KubeRoleBinding, {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: metadata.name },
    subjects: [{ kind: 'ServiceAccount', ...ROUTER_ACCOUNT }],
  });
}

/** The Secret with the certificate. */
export function certificateSecret({ tls }: IngressSpec): string {
  // There is no other kind: the profile lists the certificates that it takes.
  return tls.certificate.kind === 'secret' ? tls.certificate.secretName : '';
}
