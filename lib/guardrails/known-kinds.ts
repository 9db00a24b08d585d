import type { ControllerLanguage } from '../ingress/controller-language';
import { CILIUM_POLICY } from '../manifests/cilium-policies';
import { EGRESS_FIREWALL } from '../manifests/egress-firewalls';
import { DOOR_KINDS } from '../manifests/front-doors';
import { groupKindOf, type Manifest } from '../manifests/manifest';
import type { Manifests } from '../manifests/manifests';
import { remembered } from '../manifests/remembered';
import { POD_KINDS } from '../manifests/pods';
import { SECRET_MAKER_KINDS } from '../manifests/secrets';

/**
 * Kinds whose fields the rules know. For any other kind only names and literal secrets are checked, and a report says
 * so. In the last group there is nothing else to check, or it is read together with the objects that it belongs to.
 */
const KNOWN_KINDS = new Set([
  ...POD_KINDS,
  ...DOOR_KINDS,
  '/Service',
  '/ServiceAccount',
  'networking.k8s.io/NetworkPolicy',
  CILIUM_POLICY,
  EGRESS_FIREWALL,
  'policy/PodDisruptionBudget',

  ...SECRET_MAKER_KINDS,
  '/ConfigMap',
  '/Namespace',
  '/PersistentVolumeClaim',
  'argoproj.io/AppProject',
  'argoproj.io/Application',
  'argoproj.io/ApplicationSet',
  'autoscaling/HorizontalPodAutoscaler',
  'cert-manager.io/Certificate',
  'external-secrets.io/ClusterSecretStore',
  'external-secrets.io/SecretStore',
  'gateway.networking.k8s.io/BackendTLSPolicy',
  'gateway.networking.k8s.io/ReferenceGrant',
  'keda.sh/ClusterTriggerAuthentication',
  'keda.sh/ScaledObject',
  'keda.sh/TriggerAuthentication',
  'monitoring.coreos.com/PodMonitor',
  'monitoring.coreos.com/PrometheusRule',
]);

const kindsOfControllers = remembered(
  (languages: readonly ControllerLanguage[]) => new Set(languages.flatMap(({ kinds }) => kinds ?? [])),
);

/** Whether the rules know the fields of an object of this kind. */
export function isKnownKind(object: Manifest, { languages }: Pick<Manifests, 'languages'>): boolean {
  const groupKind = groupKindOf(object);
  return KNOWN_KINDS.has(groupKind) || kindsOfControllers(languages).has(groupKind);
}
