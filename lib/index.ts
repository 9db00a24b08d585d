export { NimBase, type NimBaseProps } from './nim-base';
export { TextEmbeddingNim, type TextEmbeddingNimProps } from './text-embedding-nim';

export { type AcknowledgedGuardrailFinding, Guardrails, type GuardrailsReport } from './guardrails/guardrails';
export { GuardrailsValidation } from './guardrails/guardrails-validation';
export type { Acknowledgement } from './guardrails/acknowledgements';
export type { GuardrailFinding } from './guardrails/finding';
export type { GuardrailsOptions } from './guardrails/guardrails-options';
export type { GuardrailViolation, IGuardrailRule } from './guardrails/guardrail-rule';
export { RenderedObject } from './guardrails/rendered-object';
export { RenderedObjects } from './guardrails/rendered-objects';
export { RuleLevel } from './guardrails/rule';

export { ClusterPlatform } from './common/cluster-platform';

export { CaBundle } from './nim/ca-bundle';
export {
  Autoscaling,
  type AutoscalingOptions,
  type KedaAutoscalingOptions,
  type ScalingOptions,
} from './nim/autoscaling';
export { KedaAuthentication, KedaAuthMode, type KedaPrometheus } from './nim/keda';
export { ContainerImage } from './nim/container-image';
export { EmbeddingModel, type EmbeddingModelProps } from './nim/embedding-model';
export { Gpu } from './nim/gpu';
export type { NimCompanionContainer } from './nim/companion-container';
export type { NimInitContainer } from './nim/init-container';
export { LogLevel } from './nim/log-level';
export { ModelCache, ModelCacheKind } from './nim/model-cache';
export type {
  ModelCacheClaimOptions,
  ModelCacheEphemeralOptions,
  ModelCacheExistingClaimOptions,
  ModelCacheNimOperatorOptions,
  ModelCachePrefetchOptions,
} from './nim/model-cache-options';
export type { ModelFill } from './nim/model-fill';
export { NgcHosts } from './network/ngc-hosts';
export { NimDeployment } from './nim/nim-deployment';
export type { NimDeploymentOptions, NimDeploymentProps } from './nim/nim-deployment-props';
export type { NimSidecar } from './nim/sidecar';
export { NimVolume, type NimVolumeClaimOptions } from './nim/nim-volume';
export type { NimPodOptions } from './nim/pod-options';
export { NimFamily } from './nim/nim-family';
export { NimModel } from './nim/nim-model';
export { type NimAttributes, NimReference } from './nim/nim-reference';
export { NimRuntime } from './nim/nim-runtime';
export { RotationRestart } from './nim/rotation-restart';
export { OpenTelemetry } from './nim/open-telemetry';
export { ScalingMetric } from './nim/scaling-metric';

export { ArgoCdApplication, type ArgoCdApplicationProps } from './gitops/argo-cd-application';
export type { ArgoCdApplicationOptions } from './gitops/argo-cd-application-options';
export { ArgoCdApplicationSet, type ArgoCdApplicationSetProps } from './gitops/argo-cd-application-set';
export { ArgoCdCluster, type ArgoCdDestination } from './gitops/argo-cd-cluster';
export { ArgoCdClusters } from './gitops/argo-cd-clusters';
export { type ArgoCdKind, ArgoCdProject, type ArgoCdProjectProps, type IArgoCdProject } from './gitops/argo-cd-project';
export { ArgoCdSyncWindow, type ArgoCdSyncWindowOptions } from './gitops/argo-cd-sync-window';

export { RestrictedNamespace, type RestrictedNamespaceProps } from './security/restricted-namespace';
export { type PodIdentity, SecurityProfile } from './security/security-profile';

export { NgcCredentials } from './secrets/ngc-credentials';
export type { NgcSecretNamesProps } from './secrets/ngc-credentials-props';
export type { NgcExternalSecretsProps } from './secrets/backends/external-secrets/props';
export type { NgcSealedSecretsProps } from './secrets/backends/sealed-secrets/props';
export { SealingScope } from './secrets/backends/sealed-secrets/sealing-scope';
export type { NgcSecretsStoreCsiProps } from './secrets/backends/secrets-store-csi/props';
export type { NgcVaultSecretsOperatorProps } from './secrets/backends/vault-secrets-operator/props';
export type { VaultSecretReference } from './secrets/backends/vault-secrets-operator/vault-reference';
export { ConnectionString } from './secrets/connection-string/connection-string';
export type { ConnectionStringProps } from './secrets/connection-string/props';
export { SecretStore } from './secrets/stores/secret-store';
export type {
  AwsSecretStoreProps,
  AzureSecretStoreProps,
  GcpSecretStoreProps,
  SecretStoreProps,
  VaultSecretStoreProps,
} from './secrets/stores/store-props';
export { VaultKvVersion } from './secrets/vault-kv-version';
export type { RemoteReference } from './secrets/backends/external-secrets/remote-reference';
export { SecretStoreRef } from './secrets/backends/external-secrets/secret-store-ref';

export {
  type ApiMetric,
  ApiScheme,
  type ApiWorkload,
  type HttpApi,
  type IApiPods,
  type MetricsPort,
} from './network/api-pods';
export { ClusterDns } from './network/cluster-dns';
export { Egress, type ProxyEgressOptions } from './network/egress';
export {
  type CertManagerTlsOptions,
  InternalTls,
  type InternalTlsOptions,
  type ServiceTls,
} from './network/internal-tls';
export { OpenShiftEgressFirewall, type OpenShiftEgressFirewallProps } from './network/open-shift-egress-firewall';
export { Peer, type PodPeerOptions } from './network/peer';
export { type MeshOptions, ServiceMesh } from './network/service-mesh';
export { RestrictedService, type RestrictedServiceProps } from './network/restricted-service';

export { Observability, type ObservabilityProps } from './observability/observability';
export { type ObservabilityOptions, ObservabilityPart } from './observability/observability-options';

export {
  type ClientCertificateOptions,
  type ApiKeyAuthenticationOptions,
  type ExternalAuthenticationOptions,
  IngressAuthentication,
  type JwtAuthenticationOptions,
  type Oauth2ProxyOptions,
} from './ingress/authentication';
export { ClientAddress } from './ingress/client-address';
export type { IngressControllerOptions } from './ingress/controller-profile';
export type { HaProxyOptions } from './ingress/controllers/ha-proxy/options';
export { AlbScheme, type AwsAlbOptions } from './ingress/controllers/aws-alb/options';
export type { TraefikOptions, TraefikRedisOptions } from './ingress/controllers/traefik/options';
export type { EnvoyGatewayOptions } from './ingress/controllers/envoy-gateway/options';
export { GatewayImplementation } from './ingress/controllers/gateway-api/implementations';
export type { GatewayApiOptions } from './ingress/controllers/gateway-api/options';
export type { GatewayReference } from './ingress/controllers/gateway-options';
export type { OpenShiftRouteOptions } from './ingress/controllers/openshift-route/options';
export { type Capability, CapabilityLevel, type FeatureCapability, IngressFeature } from './ingress/features';
export { IngressController } from './ingress/ingress-controller';
export type {
  IIngressControllerProfile,
  IngressAuthenticationDetails,
  IngressBackend,
  IngressRequirements,
} from './ingress/own-controller';
export { type IngressControllerLanguage, type IngressControllerSetting, IngressDoor } from './ingress/own-language';
export { HttpMethod, IngressPath } from './ingress/paths';
export { type ClientRateLimitOptions, RateLimit, RateLimitScope } from './ingress/rate-limit';
export { SecureIngress } from './ingress/secure-ingress';
export type { SecureIngressOptions, SecureIngressProps, UnenforcedFeature } from './ingress/secure-ingress-props';
export { IngressTls, type IngressTlsOptions, type IssuedTlsOptions, TlsVersion } from './ingress/tls';
