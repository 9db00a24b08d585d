/**
 * The platform that a pod is prepared for, where its own services differ from those of plain Kubernetes.
 *
 * @example
 * nim.SecurityProfile.OPENSHIFT.platform === nim.ClusterPlatform.OPENSHIFT;
 */
export enum ClusterPlatform {
  /** Kubernetes as kubeadm and the managed clusters have it. */
  KUBERNETES = 'kubernetes',
  /** OpenShift. */
  OPENSHIFT = 'openshift',
}
