/** A metric that an exporter documents. */
export interface ExportedMetric {
  readonly name: string;
  readonly exporter: string;
  /** Where it is documented. */
  readonly source: string;
  /**
   * Its labels name an object, and the usual scrape of the exporter does not honour them: the label `namespace` may have become
   * `exported_namespace`, and so with `pod` and `container`.
   */
  readonly mayBeRenamed?: true;
}

const DEPLOYMENTS = {
  exporter: 'kube-state-metrics',
  source: 'https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/deployment-metrics.md',
};
const PODS = {
  exporter: 'kube-state-metrics',
  source: 'https://github.com/kubernetes/kube-state-metrics/blob/main/docs/metrics/workload/pod-metrics.md',
};
const CERTIFICATES = {
  exporter: 'cert-manager',
  source: 'https://pkg.go.dev/github.com/cert-manager/cert-manager/pkg/metrics',
  mayBeRenamed: true,
} as const;

/** The one place where metrics of exporters are named; those of an ingress controller are in its folder, those of a NIM in lib/nim. */
export const METRICS = {
  specReplicas: { name: 'kube_deployment_spec_replicas', ...DEPLOYMENTS },
  readyReplicas: { name: 'kube_deployment_status_replicas_ready', ...DEPLOYMENTS },
  deploymentCondition: { name: 'kube_deployment_status_condition', ...DEPLOYMENTS },
  waitingReason: { name: 'kube_pod_container_status_waiting_reason', ...PODS },
  containerReady: { name: 'kube_pod_container_status_ready', ...PODS },
  containerRestarts: { name: 'kube_pod_container_status_restarts_total', ...PODS },
  podReady: { name: 'kube_pod_status_ready', ...PODS },
  unschedulable: { name: 'kube_pod_status_unschedulable', ...PODS },
  externalSecretCondition: {
    name: 'externalsecret_status_condition',
    exporter: 'External Secrets Operator',
    source: 'https://external-secrets.io/latest/api/metrics/',
    mayBeRenamed: true,
  },
  certificateExpiration: { name: 'certmanager_certificate_expiration_timestamp_seconds', ...CERTIFICATES },
  certificateRenewal: { name: 'certmanager_certificate_renewal_timestamp_seconds', ...CERTIFICATES },
  certificateReady: { name: 'certmanager_certificate_ready_status', ...CERTIFICATES },
  containerLimits: { name: 'kube_pod_container_resource_limits', ...PODS },
  containerMemory: {
    name: 'container_memory_working_set_bytes',
    exporter: 'cAdvisor in the kubelet',
    source: 'https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md',
  },
  up: {
    name: 'up',
    exporter: 'Prometheus',
    source: 'https://prometheus.io/docs/concepts/jobs_instances/',
  },
} as const satisfies Record<string, ExportedMetric>;
