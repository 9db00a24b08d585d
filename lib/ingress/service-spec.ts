import { invalid } from '../common/invalid';
import { ApiScheme, type HttpApi, schemeOf } from '../network/api-pods';
import type { ServiceTls } from '../network/internal-tls';
import type { RestrictedService } from '../network/restricted-service';
import type { IngressSpec } from './spec';

/** What a controller has to know of the service; refuses one that speaks TLS with a certificate that nobody can check. */
export function serviceSpec(service: RestrictedService): IngressSpec['service'] {
  if (speaksTls(service) && service.tls === undefined) {
    throw invalid({
      what: 'SecureIngress service scheme',
      value: schemeOf(service.api),
      because: 'nothing says which certificate the pods show, so no ingress controller can check it',
      instead: 'write tls: InternalTls.fromSecretName(…) beside the scheme, or let the pods listen without TLS',
    });
  }
  return {
    name: service.name,
    port: service.port,
    portName: service.portName,
    readinessPath: service.api.readinessPath,
    tls: service.tls,
    object: service.service,
  };
}

/** Whether the pods of a service speak TLS. */
export function speaksTls({ api }: RestrictedService): boolean {
  return schemeOf(api) === ApiScheme.HTTPS;
}

/** The Secret in whose key `ca.crt` the authority of a service is. */
export function authoritySecret({ caSecretName, certificateSecretName }: ServiceTls): string {
  return caSecretName ?? certificateSecretName;
}

/** The Secret with the authority, for a controller that cannot read it from that of the certificate. */
export function requireAuthoritySecret(controller: string, { caSecretName }: ServiceTls, needed: string): string {
  if (caSecretName === undefined) {
    throw invalid({
      what: 'InternalTls caSecret',
      value: caSecretName,
      because: `${controller} takes the authority from ${needed}`,
      instead: 'name such a Secret as caSecret of the InternalTls, or choose another controller',
    });
  }
  return caSecretName;
}

/** The paths of an API that no door may serve, its metrics among them. */
export function internalPathsOf({ internalPaths, metricsPath }: HttpApi): string[] {
  return [...new Set([...internalPaths, ...(metricsPath === undefined ? [] : [metricsPath])])];
}
