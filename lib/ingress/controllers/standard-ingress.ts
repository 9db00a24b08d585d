import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { addObject } from '../../common/api-object';
import type { IngressSpec } from '../spec';

/** The `networking.k8s.io/v1` Ingress that most controllers read: one host, TLS, exact paths, one named port. */
export function addStandardIngress(
  scope: Construct,
  spec: IngressSpec,
  ingressClassName: string,
  annotations: Record<string, string>,
): ApiObject {
  const { certificate } = spec.tls;
  return addObject(scope, 'Default', k8s.KubeIngress, {
    metadata: { name: spec.name, labels: spec.labels, annotations: { ...spec.annotations, ...annotations } },
    spec: {
      ingressClassName,
      ...(certificate.kind === 'secret' ? { tls: [{ hosts: [spec.host], secretName: certificate.secretName }] } : {}),
      rules: [exactRule(spec)],
    },
  });
}

/** One host with its exact paths, all of them to the one named port. */
export function exactRule(spec: IngressSpec): k8s.IngressRule {
  return {
    host: spec.host,
    http: {
      paths: spec.paths.map(({ path }) => ({
        path,
        pathType: 'Exact',
        backend: { service: { name: spec.service.name, port: { name: spec.service.portName } } },
      })),
    },
  };
}

/** A size as nginx reads it, without loss: `8m`, or in kilobytes. */
export function nginxSize(bytes: number): string {
  const kibibytes = Math.floor(bytes / 1024);
  return kibibytes % 1024 === 0 ? `${kibibytes / 1024}m` : `${kibibytes}k`;
}
