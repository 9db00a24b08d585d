import { claimAmongManifests } from './claim-among-manifests';
import { fqdnPolicyEffective } from './fqdn-policy-effective';
import { graceAboveRequestTimeout } from './grace-above-request-timeout';
import { imagePinned } from './image-pinned';
import { ingressAuthentication } from './ingress-authentication';
import { ingressBackendScheme } from './ingress-backend-scheme';
import { ingressExactPaths } from './ingress-exact-paths';
import { ingressInternalPaths } from './ingress-internal-paths';
import { ingressNoBypass } from './ingress-no-bypass';
import { ingressNoSnippets } from './ingress-no-snippets';
import { ingressRateLimit } from './ingress-rate-limit';
import { ingressReferences } from './ingress-references';
import { ingressTimeoutAndBodySize } from './ingress-timeout-and-body-size';
import { ingressTlsHost } from './ingress-tls-host';
import { monitoredPorts } from './monitored-ports';
import { namespacePodSecurity } from './namespace-pod-security';
import { networkPolicyBounded } from './network-policy-bounded';
import { nimGenerationSettings } from './nim-generation-settings';
import { nimHasCallers } from './nim-has-callers';
import { nimGpu } from './nim-gpu';
import { nimModelCache } from './nim-model-cache';
import { nimSharedMemory } from './nim-shared-memory';
import { noLiteralSecret } from './no-literal-secret';
import { noWholeSecrets } from './no-whole-secrets';
import { secretHasKey } from './secret-has-key';
import { secretWhileMounted } from './secret-while-mounted';
import { noServiceAccountToken } from './no-service-account-token';
import { noServiceLinks } from './no-service-links';
import { ownServiceAccount } from './own-service-account';
import { pdbAllowsDrain } from './pdb-allows-drain';
import { pdbEvictsUnhealthy } from './pdb-evicts-unhealthy';
import { podNetworkPolicy } from './pod-network-policy';
import { kubernetesHasFields } from './kubernetes-has-fields';
import { podSecurityRestricted } from './pod-security-restricted';
import { probes } from './probes';
import { progressDeadlineAboveStartup } from './progress-deadline-above-startup';
import { replicasAgainstVolume } from './replicas-against-volume';
import { replicasHavePdb } from './replicas-have-pdb';
import { replicasLeftToAutoscaler } from './replicas-left-to-autoscaler';
import { replicasSpread } from './replicas-spread';
import { resourcesRequestsLimits } from './resources-requests-limits';
import { rolloutWithoutSurge } from './rollout-without-surge';
import type { Rule } from '../rule';
import { selectorsMatch } from './selectors-match';
import { serviceOnlyApiPort } from './service-only-api-port';
import { tlsMinimumVersion } from './tls-minimum-version';
import { uniqueNames } from './unique-names';
import { unknownFrontDoor } from './unknown-front-door';
import { unknownWorkload } from './unknown-workload';
import { versionLabel } from './version-label';
import { volumeGroup } from './volume-group';
import { volumeOwnershipOnce } from './volume-ownership-once';
import { writableVolumesBounded } from './writable-volumes-bounded';

/** Every guardrail, in the order of the documentation. */
export const RULES: readonly Rule[] = [
  // Secrets and pods
  noLiteralSecret,
  noWholeSecrets,
  secretHasKey,
  secretWhileMounted,
  podSecurityRestricted,
  kubernetesHasFields,
  namespacePodSecurity,
  noServiceAccountToken,
  ownServiceAccount,
  noServiceLinks,
  imagePinned,
  unknownWorkload,
  // The one door
  serviceOnlyApiPort,
  podNetworkPolicy,
  networkPolicyBounded,
  fqdnPolicyEffective,
  nimHasCallers,
  ingressTlsHost,
  tlsMinimumVersion,
  ingressExactPaths,
  ingressInternalPaths,
  ingressRateLimit,
  ingressAuthentication,
  ingressNoBypass,
  ingressNoSnippets,
  ingressTimeoutAndBodySize,
  ingressReferences,
  ingressBackendScheme,
  unknownFrontDoor,
  // Reliability
  resourcesRequestsLimits,
  writableVolumesBounded,
  probes,
  progressDeadlineAboveStartup,
  graceAboveRequestTimeout,
  claimAmongManifests,
  replicasAgainstVolume,
  rolloutWithoutSurge,
  replicasLeftToAutoscaler,
  replicasSpread,
  replicasHavePdb,
  pdbAllowsDrain,
  pdbEvictsUnhealthy,
  volumeOwnershipOnce,
  volumeGroup,
  // NIMs and consistency
  nimGenerationSettings,
  nimGpu,
  nimModelCache,
  nimSharedMemory,
  versionLabel,
  selectorsMatch,
  monitoredPorts,
  uniqueNames,
];
