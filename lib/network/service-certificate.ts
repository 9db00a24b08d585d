import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { CLUSTER_DOMAIN } from '../common/cluster-domain';
import { addCertificate } from './certificate';
import type { InternalTls, ServiceTls } from './internal-tls';

/** What is needed of a Service to make, or to check, a certificate for its names. */
interface NamedService extends Construct {
  readonly name: string;
  readonly namespace: string;
  readonly labels: Record<string, string>;
}

/** How callers of a Service check its certificate. */
export function serviceTls({ name, namespace }: NamedService, tls: InternalTls): ServiceTls {
  const { caSecret, caCertificate } = tls._authority;
  return {
    serverName: `${name}.${namespace}.svc`,
    certificateSecretName: tls._secretName,
    ...(caSecret === undefined ? {} : { caSecretName: caSecret.name }),
    ...(caCertificate === undefined ? {} : { caCertificate }),
  };
}

/** The Certificate of a Service, where cert-manager issues it. */
export function addServiceCertificate(service: NamedService, tls: InternalTls): ApiObject | undefined {
  const { _issued: issued, _secretName: secretName } = tls;
  if (issued === undefined) {
    return undefined;
  }
  const qualified = `${service.name}.${service.namespace}`;
  return addCertificate(service, {
    from: 'InternalTls.fromCertManager',
    secretName,
    // Every name by which the DNS of the cluster answers for the Service, where its domain is the usual one.
    dnsNames: [service.name, qualified, `${qualified}.svc`, `${qualified}.svc.${CLUSTER_DOMAIN}`],
    labels: service.labels,
    ...issued,
  });
}
