import type { ApiObject } from 'cdk8s';
import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { peer } from '../common/cdk8s-kinds';
import { defined } from '../common/defined';
import { invalid } from '../common/invalid';
import { enumOf, flag, kind, type Kind, listOf, requireKind, text } from '../common/kinds';
import { objectsBelow } from '../common/objects-below';
import { implementing, optional, type PropTable, required, struct } from '../common/props';
import type { ControllerMetrics } from './controller-metrics';
import { CERTIFICATES_IN_SECRETS, type ControllerProfile, VERSION } from './controller-profile';
import { CapabilityLevel, type CapabilityTable, type FeatureCapability, IngressFeature, unsupported } from './features';
import type { IIngressControllerProfile, IngressAuthenticationDetails, IngressRequirements } from './own-controller';
import { INGRESS_CONTROLLER_LANGUAGE, type IngressControllerLanguage } from './own-language';
import { authoritySecret } from './service-spec';
import type { IngressSpec } from './spec';
import type { CertificateSource } from './tls';

// With another text the version of the controller would not be compared, and counts as new enough.
const version: Kind<string> = kind(
  { wanted: 'a version', example: "it as 'major.minor.patch', for example '4.1.0'" },
  (value) => typeof value === 'string' && VERSION.test(value),
);

const FEATURE_CAPABILITY: PropTable<FeatureCapability> = {
  feature: required(enumOf({ IngressFeature })),
  level: required(enumOf({ CapabilityLevel })),
  note: required(text),
  since: optional(version),
};

function method<T>(example: string): Kind<T> {
  return kind<T>({ wanted: 'a method', example }, (value) => typeof value === 'function');
}

const MEMBERS: PropTable<IIngressControllerProfile> = {
  name: required(text),
  version: required(version),
  features: required(listOf(struct<FeatureCapability>(FEATURE_CAPABILITY))),
  language: required(struct<IngressControllerLanguage>(INGRESS_CONTROLLER_LANGUAGE)),
  usesListenerCertificate: optional(flag),
  peers: required(method('peers(scope) { return [Peer.pods({ … })]; }')),
  render: required(method('render(scope, requirements) { new ApiObject(scope, …); }')),
};

/** A profile, whoever made it, by what it has. */
export const ownProfile: Kind<IIngressControllerProfile> = implementing<IIngressControllerProfile>(
  {
    wanted: 'a profile of an ingress controller',
    example: 'an object that implements IIngressControllerProfile, as docs/own-controllers.md has it',
  },
  MEMBERS,
);

/** A controller of somebody else, as one of ours. */
export class OwnProfile implements ControllerProfile {
  public readonly name: string;
  public readonly version: string;
  public readonly capabilities: CapabilityTable;
  public readonly metrics: ControllerMetrics = { note: 'its profile says nothing of what it counts' };
  public readonly certificates: readonly CertificateSource['kind'][];

  public constructor(private readonly own: IIngressControllerProfile) {
    requireKind('IngressController.custom profile', own, ownProfile);
    this.name = own.name;
    this.version = own.version;
    this.capabilities = tableOf(own.features);
    this.certificates = own.usesListenerCertificate === true ? ['gateway-listener'] : CERTIFICATES_IN_SECRETS;
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    return requireKind(`peers of ${this.name}`, this.own.peers(scope), listOf(peer));
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const before = new Set(objectsBelow(scope));
    this.own.render(scope, requirementsOf(spec));
    const added = objectsBelow(scope).filter((object) => !before.has(object));
    const incomplete = added.find(({ apiVersion, kind: kindOf }) => !apiVersion || !kindOf);
    if (incomplete !== undefined) {
      throw invalid({
        what: `render of ${this.name}`,
        value: { apiVersion: incomplete.apiVersion, kind: incomplete.kind, name: incomplete.name },
        because: 'it is no Kubernetes object: apiVersion or kind is missing',
        instead: "write both, for example { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', … }",
      });
    }
    const carries = ({ metadata }: ApiObject): boolean => {
      const { annotations = {} } = metadata.toJson() as { readonly annotations?: Record<string, string> };
      return Object.entries(spec.annotations).every(([name, value]) => annotations[name] === value);
    };
    if (!added.some(carries)) {
      throw invalid({
        what: `render of ${this.name}`,
        value: added.map(({ kind: kindOf, name }) => `${kindOf} ${name}`),
        because: 'none of the objects carries the annotations of the requirements, which say what the front door lacks',
        instead: 'add one object with metadata.annotations from requirements.annotations',
      });
    }
  }
}

/** Every feature; what is not listed is unsupported. */
function tableOf(features: readonly FeatureCapability[]): CapabilityTable {
  const listed = features.map(({ feature }) => feature);
  const twice = listed.find((feature, index) => listed.indexOf(feature) !== index);
  if (twice !== undefined) {
    throw invalid({
      what: 'IngressController.custom features',
      value: twice,
      because: 'it is listed twice',
      instead: 'list each feature once',
    });
  }
  const absent = unsupported('the profile of the controller does not list it');
  return Object.fromEntries(
    Object.values(IngressFeature).map((feature) => {
      const { level, note, since } = features.find((entry) => entry.feature === feature) ?? {
        ...absent,
        since: undefined,
      };
      return [feature, defined({ level, note, since })];
    }),
  ) as CapabilityTable;
}

function requirementsOf(spec: IngressSpec): IngressRequirements {
  const { service, tls, clientAddress } = spec;
  return defined({
    name: spec.name,
    namespace: spec.namespace,
    labels: { ...spec.labels },
    annotations: { ...spec.annotations },
    features: [...spec.features],
    host: spec.host,
    paths: [...spec.paths],
    internalPaths: [...spec.internalPaths],
    service: defined({
      name: service.name,
      port: service.port,
      portName: service.portName,
      readinessPath: service.readinessPath,
      tlsServerName: service.tls?.serverName,
      tlsAuthoritySecret: service.tls === undefined ? undefined : authoritySecret(service.tls),
    }),
    certificateSecret: tls.certificate.kind === 'secret' ? tls.certificate.secretName : undefined,
    minimumTlsVersion: tls.minimumVersion,
    trustedHops: clientAddress.trustedHops,
    rateLimit: spec.rateLimit,
    authentication: detailsOf(spec.authentication),
    maxBodyBytes: spec.maxBodyBytes,
    connectTimeoutSeconds: spec.connectTimeoutSeconds,
    timeoutSeconds: spec.timeoutSeconds,
    sourceRanges: [...spec.sourceRanges],
    hstsMaxAgeSeconds: spec.hstsMaxAgeSeconds,
    responseHeaders: { ...spec.responseHeaders },
  });
}

function detailsOf(authentication: IngressSpec['authentication']): IngressAuthenticationDetails {
  switch (authentication.kind) {
    case 'external':
      return { url: authentication.endpoint.url, responseHeaders: [...authentication.responseHeaders] };
    case 'basic':
      return { secretName: authentication.secretName };
    case 'client-certificates':
      return { secretName: authentication.caSecretName, verifyDepth: authentication.verifyDepth };
    case 'jwt': {
      const { issuer, jwksUri, audiences } = authentication;
      return { issuer, jwksUri, audiences: [...audiences] };
    }
    case 'api-key':
      return { secretName: authentication.secretName, header: authentication.header };
    case 'none':
      return {};
  }
}
