import type { Construct } from 'constructs';
import { BackendTLSPolicy } from '../../../../imports/gateway.networking.k8s.io-backendtlspolicy';
import { addObject } from '../../../common/api-object';
import { authoritySecret } from '../../service-spec';
import type { IngressSpec } from '../../spec';
import { secretReference } from '../gateway-references';

/** TLS to the pods, for every route to the Service. Without the Secret, or the authority in it, the proxies answer 500. */
export function addBackendTlsPolicy(scope: Construct, { name, labels, service }: IngressSpec): void {
  if (service.tls !== undefined) {
    addObject(scope, 'BackendTlsPolicy', BackendTLSPolicy, {
      metadata: { name, labels },
      spec: {
        targetRefs: [{ group: '', kind: 'Service', name: service.name }],
        validation: {
          hostname: service.tls.serverName,
          caCertificateRefs: [secretReference(authoritySecret(service.tls))],
        },
      },
    });
  }
}
