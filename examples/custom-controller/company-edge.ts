import { ApiObject } from 'cdk8s';
import type { INetworkPolicyPeer } from 'cdk8s-plus-28';
import {
  CapabilityLevel,
  type FeatureCapability,
  type IIngressControllerProfile,
  type IngressControllerLanguage,
  IngressDoor,
  IngressFeature,
  type IngressRequirements,
  Peer,
} from 'cdk8s-nim';
import type { Construct } from 'constructs';

const PREFIX = 'edge.example.com/';

function enforced(feature: IngressFeature, annotation: string): FeatureCapability {
  return { feature, level: CapabilityLevel.ENFORCED, note: `the annotation ${PREFIX}${annotation}` };
}

/** An ingress controller that only one company has, with annotations of its own: what it can do, and how it is told. */
export class CompanyEdge implements IIngressControllerProfile {
  public readonly name = 'Company Edge';
  public readonly version = '4.2.0';

  public readonly features: FeatureCapability[] = [
    enforced(IngressFeature.TLS_1_2, 'tls-minimum'),
    enforced(IngressFeature.TLS_1_3, 'tls-minimum'),
    {
      feature: IngressFeature.HTTPS_REDIRECT,
      level: CapabilityLevel.PREREQUISITE,
      note: 'the flag --redirect-http of the controller',
    },
    enforced(IngressFeature.HSTS, 'hsts-max-age'),
    { feature: IngressFeature.EXACT_PATHS, level: CapabilityLevel.ENFORCED, note: 'paths of the type Exact' },
    {
      feature: IngressFeature.CLIENT_ADDRESS_DIRECT,
      level: CapabilityLevel.PREREQUISITE,
      note: 'externalTrafficPolicy: Local on the Service of the controller',
    },
    enforced(IngressFeature.RATE_PER_SECOND, 'rate-limit'),
    enforced(IngressFeature.RATE_BURST, 'rate-limit'),
    enforced(IngressFeature.STATUS_429, 'rate-limit'),
    enforced(IngressFeature.BODY_SIZE, 'max-body-bytes'),
    enforced(IngressFeature.TIMEOUTS, 'timeout'),
    { ...enforced(IngressFeature.SOURCE_RANGES, 'allow'), since: '4.1.0' },
    enforced(IngressFeature.AUTH_EXTERNAL, 'auth-url'),
  ];

  public readonly language: IngressControllerLanguage = {
    name: this.name,
    door: IngressDoor.INGRESS,
    ingressClasses: ['company-edge'],
    annotationPrefix: PREFIX,
    rateLimits: [{ field: `metadata.annotations["${PREFIX}rate-limit"]`, pattern: '^[1-9]' }],
    authentications: [{ field: `metadata.annotations["${PREFIX}auth-url"]` }],
    timeoutAnnotation: `${PREFIX}timeout`,
    bodySizeAnnotation: `${PREFIX}max-body-bytes`,
    // It never speaks TLS to pods.
    backendTls: [],
  };

  public peers(): INetworkPolicyPeer[] {
    return [Peer.pods({ labels: { app: 'company-edge' }, namespace: 'edge' })];
  }

  public render(scope: Construct, asked: IngressRequirements): void {
    new ApiObject(scope, 'Ingress', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        name: asked.name,
        labels: asked.labels,
        annotations: { ...asked.annotations, ...this.annotations(asked) },
      },
      spec: {
        ingressClassName: 'company-edge',
        tls: [{ hosts: [asked.host], secretName: asked.certificateSecret }],
        rules: [
          {
            host: asked.host,
            http: {
              paths: asked.paths.map(({ path }) => ({
                path,
                pathType: 'Exact',
                backend: { service: { name: asked.service.name, port: { name: asked.service.portName } } },
              })),
            },
          },
        ],
      },
    });
  }

  private annotations(asked: IngressRequirements): Record<string, string> {
    const { rateLimit, authentication } = asked;
    return {
      [`${PREFIX}tls-minimum`]: asked.minimumTlsVersion,
      [`${PREFIX}hsts-max-age`]: `${asked.hstsMaxAgeSeconds}`,
      [`${PREFIX}rate-limit`]: `${rateLimit.requests}/s, burst ${rateLimit.burst}`,
      [`${PREFIX}max-body-bytes`]: `${asked.maxBodyBytes}`,
      [`${PREFIX}timeout`]: `${asked.timeoutSeconds}s`,
      ...(asked.sourceRanges.length === 0 ? {} : { [`${PREFIX}allow`]: asked.sourceRanges.join(' ') }),
      ...(authentication.url === undefined ? {} : { [`${PREFIX}auth-url`]: authentication.url }),
    };
  }
}
