import { HTTP_ROUTE, INGRESS, OPENSHIFT_ROUTE } from '../manifests/controllers';
import { groupKindOf, type Manifest } from '../manifests/manifest';
import { POD_KINDS } from '../manifests/pods';

/**
 * Kinds whose fields the rules know. Of any other kind only names and literal secrets are checked, and a report says so.
 * The last group has nothing else to check, or is read together with the objects that it belongs to.
 */
const KNOWN_KINDS = new Set([
  ...POD_KINDS,
  INGRESS,
  HTTP_ROUTE,
  OPENSHIFT_ROUTE,
  '/Service',
  '/ServiceAccount',
  'networking.k8s.io/NetworkPolicy',
  'policy/PodDisruptionBudget',

  '/ConfigMap',
  '/Namespace',
  '/PersistentVolumeClaim',
  '/Secret',
  'argoproj.io/AppProject',
  'argoproj.io/Application',
  'argoproj.io/ApplicationSet',
  'autoscaling/HorizontalPodAutoscaler',
  'bitnami.com/SealedSecret',
  'cert-manager.io/Certificate',
  'external-secrets.io/ExternalSecret',
  'gateway.envoyproxy.io/BackendTrafficPolicy',
  'gateway.envoyproxy.io/ClientTrafficPolicy',
  'gateway.envoyproxy.io/SecurityPolicy',
  'gateway.networking.k8s.io/ReferenceGrant',
  'k8s.nginx.org/Policy',
  'secrets-store.csi.x-k8s.io/SecretProviderClass',
  'traefik.io/Middleware',
  'traefik.io/ServersTransport',
  'traefik.io/TLSOption',
]);

/** Whether the rules know the fields of an object of this kind. */
export function isKnownKind(object: Manifest): boolean {
  return KNOWN_KINDS.has(groupKindOf(object));
}
