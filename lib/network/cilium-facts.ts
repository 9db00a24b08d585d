/** How Cilium names pods in its policies (its documentation, "Kubernetes Constructs in Policy"). Plain data: the guardrails read it too. */

/** Before the labels that come from Kubernetes. */
export const K8S_LABEL = 'k8s:';
/** Before the labels that may come from anywhere, as one without a prefix. */
export const ANY_LABEL = 'any:';
/** The namespace of a pod, as one of its labels. */
export const POD_NAMESPACE = 'io.kubernetes.pod.namespace';
/** Before a label of the namespace of a pod. */
export const NAMESPACE_LABEL = 'io.cilium.k8s.namespace.labels.';
