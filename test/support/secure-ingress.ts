import type { Chart } from 'cdk8s';
import { RestrictedService, SecureIngress, type SecureIngressOptions } from 'cdk8s-nim';
import { type Manifest, render, testChart } from './manifests';
import { nimDeployment } from './nims';

/** A SecureIngress named "text-embedding", in front of an embedding NIM. */
export function secureIngress(options: SecureIngressOptions, chart: Chart = testChart()): SecureIngress {
  const service = new RestrictedService(chart, 'service', { pods: nimDeployment({}, chart), name: 'text-embedding' });
  return new SecureIngress(chart, 'ingress', { service, ...options });
}

/** The objects of the ingress itself. */
export function renderSecureIngress(options: SecureIngressOptions, chart: Chart = testChart()): Manifest[] {
  secureIngress(options, chart);
  const behind = [
    'Deployment',
    'NetworkPolicy',
    'PersistentVolumeClaim',
    'PodDisruptionBudget',
    'Service',
    'ServiceAccount',
  ];
  return render(chart).filter(({ kind }) => !behind.includes(kind));
}

/** The objects without the annotations that only tell about them. */
export function withoutNotes(objects: readonly Manifest[]): Manifest[] {
  return objects.map((object) => ({
    ...object,
    metadata: {
      ...object.metadata,
      annotations: Object.fromEntries(
        Object.entries(object.metadata.annotations ?? {}).filter(([name]) => !name.startsWith('cdk8s-nim/')),
      ),
    },
  }));
}
