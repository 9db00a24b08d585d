import { invalid } from '../common/invalid';
import { ApiScheme, type HttpApi } from '../network/api-pods';
import type { RestrictedService } from '../network/restricted-service';
import type { IngressSpec } from './spec';

/** What a controller has to know of the service; refuses one that speaks TLS, to which it would speak plain HTTP. */
export function serviceSpec(service: RestrictedService): IngressSpec['service'] {
  const { scheme = ApiScheme.HTTP } = service.api;
  if (scheme !== ApiScheme.HTTP) {
    throw invalid({
      what: 'SecureIngress service scheme',
      value: scheme,
      because: 'ingress controllers are told to speak plain HTTP to the pods',
      instead: 'write ApiScheme.HTTP, and let the pods listen without TLS',
    });
  }
  return {
    name: service.name,
    port: service.port,
    portName: service.portName,
    readinessPath: service.api.readinessPath,
    object: service.service,
  };
}

/** The paths of an API that no door may serve, its metrics among them. */
export function internalPathsOf({ internalPaths, metricsPath }: HttpApi): string[] {
  return [...new Set([...internalPaths, ...(metricsPath === undefined ? [] : [metricsPath])])];
}
