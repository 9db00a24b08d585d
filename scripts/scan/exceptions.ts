import { ALL, allBut, type Exception, only } from './exception';

/** The renders with a Job that fills the model cache: there the pods of the NIM have no key. */
const SPREAD_AND_PREFETCHED = ['main/production', 'prefetched', 'autoscaling'];
const PREFETCHED = [
  ...SPREAD_AND_PREFETCHED,
  'mesh/istio-sidecar',
  'mesh/istio-ambient',
  'mesh/linkerd',
  'fqdn-egress/cilium',
  'fqdn-egress/openshift',
];
const FILL = only(...PREFETCHED);
const REGIONS = ['argocd/production-eu', 'argocd/production-us'];
/** The renders with three replicas that have no such Job. */
const THREE_REPLICAS = [...REGIONS, 'nim-operator'];

const WRITABLE_ROOT = {
  reason:
    "No NIM is documented to start on a read-only root file system, and NVIDIA's container hook fails on one with some runtimes.",
  instead:
    '`SecurityProfile.STRICT` has it. Elsewhere: no root, no capabilities, no privilege escalation; `/tmp`, `/dev/shm` and the model are volumes with limits.',
};
const LOW_IDS = {
  reason:
    "The ids 1000 are those of NVIDIA's image and charts; on OpenShift the platform assigns ids, so none are written.",
  instead:
    '`SecurityProfile.STRICT` has 10001. Elsewhere: `runAsNonRoot`, and no host namespace or host path that an id could matter for.',
};

/** What `npm run scan` compares with, in both directions; `npm run docs` writes docs/exceptions.md from it. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    checks: {
      'kube-score': ['container-security-context-readonlyrootfilesystem'],
      'kube-linter': ['no-read-only-root-fs'],
      polaris: ['notReadOnlyRootFilesystem'],
      checkov: ['CKV_K8S_22'],
      trivy: ['KSV-0014'],
    },
    objects: { Deployment: allBut('strict'), Job: FILL },
    ...WRITABLE_ROOT,
  },
  { checks: { kubesec: ['ReadOnlyRootFilesystem'] }, objects: { Deployment: allBut('strict') }, ...WRITABLE_ROOT },
  {
    checks: {
      'kube-score': ['container-security-context-user-group-id'],
      checkov: ['CKV_K8S_40'],
      trivy: ['KSV-0020', 'KSV-0021'],
    },
    objects: { Deployment: allBut('strict'), Job: FILL },
    ...LOW_IDS,
  },
  { checks: { kubesec: ['RunAsUser', 'RunAsGroup'] }, objects: { Deployment: allBut('strict') }, ...LOW_IDS },
  {
    checks: {
      'kube-score': ['container-image-pull-policy'],
      polaris: ['pullPolicyNotAlways'],
      checkov: ['CKV_K8S_15'],
    },
    objects: { Deployment: allBut('strict'), Job: FILL },
    reason: 'With `Always`, no pod restarts while the registry is away. The image has a tag that is never `latest`.',
    instead:
      '`SecurityProfile.STRICT` has `Always`. Elsewhere: keep other tenants off the GPU nodes, where a cached image asks nobody for a login, or pin a digest.',
  },
  {
    checks: { checkov: ['CKV_K8S_43'] },
    objects: { Deployment: allBut('strict'), Job: FILL },
    reason:
      'The catalogue of models names versions: a digest says nothing to the person who approves it, and this project cannot ask the registry for one.',
    instead:
      '`ContainerImage.fromReference` takes a digest beside the tag, as the example `strict` does. A reference with neither, or with the tag `latest`, is refused.',
  },
  {
    checks: {
      'kube-score': [
        'container-cpu-requests-equal-limits',
        'container-memory-requests-equal-limits',
        'container-resource-requests-equal-limits',
      ],
    },
    objects: { Deployment: allBut('strict'), Job: FILL },
    reason:
      "Requests and limits are those of NVIDIA's KServe runtime for the embedding NIM, which differ; NVIDIA publishes no other figures, and none for a download.",
    instead: 'Requests and limits are both set, for every resource. `SecurityProfile.STRICT` has them equal.',
  },
  {
    checks: { checkov: ['CKV_K8S_35'], 'kube-linter': ['read-secret-from-env-var'] },
    objects: { Deployment: allBut('strict', ...PREFETCHED), Job: FILL },
    reason: 'The NIM takes `NGC_API_KEY` from its environment and documents no file for it.',
    instead:
      'The value comes from a Secret, never from the manifest. The pod has no service account token, and egress to public HTTPS only. Air-gapped credentials leave the key out.',
  },
  {
    checks: { 'kube-linter': ['env-value-from'] },
    objects: { Deployment: allBut('strict', ...PREFETCHED), Job: FILL },
    reason: 'The check wants the Secret `ngc-api-secret` in the same files, where no Secret may be.',
    instead: 'It comes from the organisation, or from the ExternalSecret of this name.',
  },
  {
    checks: {
      'kube-score': ['deployment-replicas'],
      'kube-linter': ['minimum-three-replicas'],
      polaris: ['deploymentMissingReplicas'],
    },
    objects: { Deployment: allBut('strict', 'main/production', 'prefetched', ...THREE_REPLICAS) },
    reason: 'One GPU for a test environment or an example.',
    instead: '`replicas` and a cache that several nodes can mount, or one for each pod as in production.',
  },
  {
    checks: { polaris: ['topologySpreadConstraint'] },
    objects: { Deployment: allBut('strict', ...SPREAD_AND_PREFETCHED, ...THREE_REPLICAS) },
    reason: 'One pod has nothing to spread.',
    instead: 'From the second replica on, constraints for hosts and zones are rendered.',
  },
  {
    checks: { kubesec: ['SeccompAny'] },
    objects: { Deployment: ALL },
    reason: 'The check reads an annotation that Kubernetes 1.27 removed, not the field in its place.',
    instead: '`seccompProfile: RuntimeDefault` at the pod and at every container, in every profile.',
  },
  {
    checks: { kubesec: ['ApparmorAny'] },
    objects: { Deployment: ALL },
    reason:
      'The check reads an annotation that is deprecated since Kubernetes 1.30, and a node without AppArmor refuses pods that name a profile.',
    instead:
      'Container runtimes put their default profile on every container where the node has AppArmor. `podAnnotations` takes the annotation.',
  },
  {
    checks: { trivy: ['KSV-0125'] },
    objects: { Deployment: ALL },
    reason:
      "Trivy trusts the registries of three clouds unless it is given a list. NVIDIA's is not among them, nor is a mirror of your own.",
    instead: 'Images name their registry, a version, and may name a digest. Give Trivy the registries that you trust.',
  },
  {
    checks: { trivy: ['KSV-0113'] },
    objects: { Role: only('openshift-route') },
    reason: 'The router of OpenShift reads the certificate of a Route with rights that the namespace gives it.',
    instead: 'The Role names this one Secret, and only reads.',
  },
  {
    checks: { 'kube-linter': ['access-to-secrets'] },
    objects: { RoleBinding: only('openshift-route') },
    reason: 'The router of OpenShift reads the certificate of a Route with rights that the namespace gives it.',
    instead: 'The Role names this one Secret, and only reads.',
  },
  {
    checks: { 'kube-linter': ['no-node-affinity'] },
    objects: { Deployment: allBut('pod-options'), Job: FILL },
    reason:
      'The GPU that the pod asks for already keeps it on nodes that have one; which labels such nodes have depends on the platform. A Job that fills the cache runs wherever the volume can be mounted.',
    instead: '`nodeSelector` and `tolerations` choose among them.',
  },
  {
    checks: { 'kube-linter': ['dnsconfig-options'] },
    objects: { Deployment: allBut('strict'), Job: FILL },
    reason: 'The check asks for `ndots: 2`, which saves questions to the DNS; it protects nothing.',
    instead: '`SecurityProfile.STRICT` has it.',
  },
  {
    checks: { 'kube-linter': ['restart-policy'] },
    objects: { Deployment: ALL },
    reason: '`Always` is the only value that a Deployment may have, and the default.',
    instead: 'None needed.',
  },
  {
    checks: { 'kube-linter': ['restart-policy'] },
    objects: { Job: FILL },
    reason: 'With `Never` each attempt leaves its pod and its log, and the attempts are counted by `backoffLimit`.',
    instead: 'The Job retries by itself, up to 20 times.',
  },
  {
    checks: { 'kube-linter': ['no-liveness-probe', 'no-readiness-probe'] },
    objects: { Job: FILL },
    reason: 'The pod of a Job serves nobody, and ends.',
    instead: '`activeDeadlineSeconds` ends an attempt that hangs.',
  },
  {
    checks: { 'kube-linter': ['job-ttl-seconds-after-finished'] },
    objects: { Job: FILL },
    reason: 'Argo CD would find the Job missing after that time, make it again, and download again.',
    instead: 'Argo CD prunes the Job of an old image.',
  },
  {
    checks: { 'kube-linter': ['non-existent-service-account'] },
    objects: { Deployment: only('pod-options') },
    reason: 'The account is one that the platform has made, as the example shows.',
    instead: 'Without `serviceAccount` the account is rendered. The pods mount no token of either.',
  },
  {
    checks: { 'kube-linter': ['sorted-keys'] },
    objects: { ServiceAccount: allBut('pod-options') },
    reason: 'cdk8s writes `apiVersion`, `kind` and `metadata` first; the order of keys means nothing to Kubernetes.',
    instead: 'The output is the same, byte for byte, at each synth.',
  },
  {
    checks: { 'kube-linter': ['sorted-keys'] },
    objects: { ConfigMap: only('observability') },
    reason: 'cdk8s writes `metadata` before `data`; the order of keys means nothing to Kubernetes.',
    instead: 'The output is the same, byte for byte, at each synth.',
  },
  {
    checks: { 'kube-linter': ['sorted-keys'] },
    objects: { Deployment: only('main/production', 'autoscaling', 'gpu-claim') },
    reason:
      '`preStop.sleep` and `resourceClaims` are newer than the types of cdk8s-plus-28, so a patch adds them, and they stand last.',
    instead: 'The output is the same, byte for byte, at each synth.',
  },
  {
    checks: { 'kube-linter': ['required-label-owner'] },
    objects: { Deployment: allBut('strict'), Job: FILL },
    reason: 'Who owns an object, only its owner knows.',
    instead: '`labels` of a cdk8s Chart are on each of its objects, as in the example `strict`.',
  },
  {
    checks: { 'kube-linter': ['required-annotation-email'] },
    objects: { Deployment: allBut('strict'), Job: FILL },
    reason: 'Who owns an object, only its owner knows.',
    instead: '`nim.deployment.deployment.metadata.addAnnotation`, as in the example `strict`.',
  },
  {
    checks: { polaris: ['priorityClassNotSet'] },
    objects: { Deployment: allBut('strict'), Job: FILL },
    reason: 'A PriorityClass belongs to the cluster, and a name that it does not have stops every pod.',
    instead: '`priorityClassName`, as in the example `strict`.',
  },
  {
    checks: { 'kube-linter': ['priority-class-name'] },
    objects: { Deployment: only('strict') },
    reason: 'The check accepts the two classes of the system only; Polaris wants a class.',
    instead: "The class of the example is one of the cluster's own, and below the system's.",
  },
  {
    checks: { 'kube-linter': ['hpa-minimum-three-replicas'] },
    objects: { HorizontalPodAutoscaler: only('autoscaling') },
    reason:
      'Each pod takes a GPU: how many there are at least is for those who pay for them, and two survive the loss of a node.',
    instead: '`minReplicas: 3`.',
  },
  {
    checks: { kubeconform: ['statusInvalid-v1.28'] },
    objects: { Deployment: only('main/production', 'autoscaling') },
    reason: '`drainDelay` is `preStop.sleep`, which Kubernetes has from 1.30 on; 1.28 and 1.29 are out of support.',
    instead: 'Leave `drainDelay` out for an older cluster.',
  },
  {
    checks: { kubeconform: ['statusInvalid-v1.28', 'statusInvalid-v1.29', 'statusInvalid-v1.30'] },
    objects: { Deployment: only('gpu-claim') },
    reason: '`resourceClaims` has this form from Kubernetes 1.31 on; 1.28 to 1.30 are out of support.',
    instead: 'Count GPUs of the device plugin for an older cluster.',
  },
  {
    checks: { polaris: ['metadataAndInstanceMismatched'] },
    objects: { Job: FILL },
    reason: 'The name of the Job ends with a hash of what it is; the label names the NIM that it belongs to.',
    instead: 'None needed.',
  },
  {
    checks: { polaris: ['missingNetworkPolicy'] },
    objects: { Deployment: allBut('autoscaling') },
    reason:
      'Polaris knows policies that select by one label; this one selects by the two labels of the Service, so that no other pods fall under it.',
    instead: 'The rule `pod-network-policy`, and the policies on real packets.',
  },
  {
    checks: { polaris: ['tlsSettingsMissing'] },
    objects: {
      'Ingress/documents-redirect': only('autoscaling'),
      'Ingress/text-embedding-redirect': only(
        'main/production',
        'prefetched',
        'internal-tls',
        'observability',
        'strict',
        'traefik',
        'argocd/staging',
        ...REGIONS,
      ),
    },
    reason: 'This Ingress exists to answer plain HTTP with a redirect to HTTPS, and forwards nothing.',
    instead: 'The Ingress that forwards has TLS.',
  },
  {
    checks: { polaris: ['tlsSettingsMissing'] },
    objects: { 'Ingress/text-embedding': only('aws-alb') },
    reason: 'The load balancer takes its certificate from ACM by annotation and does not read `spec.tls`.',
    instead: '`certificate-arn`, `ssl-policy` and `ssl-redirect` are set; the rule `ingress-tls-host` checks them.',
  },
];
