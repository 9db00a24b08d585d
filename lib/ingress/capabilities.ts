import { invalid, Refusals } from '../common/invalid';
import { requireReason } from '../common/names';
import { isOlder } from '../common/version';
import type { AuthenticationSpec } from './authentication';
import { ClientAddress, type ClientAddressSource } from './client-address';
import type { ControllerProfile } from './controller-profile';
import { CONTROLLERS } from './controllers';
import { CapabilityLevel, type FeatureCapability, IngressFeature } from './features';
import { RateLimitScope, type RateUnit, rateUnit } from './rate-limit';
import type { SecureIngressProps, UnenforcedFeature } from './secure-ingress-props';
import { speaksTls } from './service-spec';
import { TlsVersion } from './tls';

const AUTHENTICATION_FEATURES: Record<AuthenticationSpec['kind'], IngressFeature[]> = {
  external: [IngressFeature.AUTH_EXTERNAL],
  basic: [IngressFeature.AUTH_BASIC],
  'client-certificates': [IngressFeature.AUTH_CLIENT_CERTIFICATES],
  jwt: [IngressFeature.AUTH_JWT],
  'api-key': [IngressFeature.AUTH_API_KEY],
  none: [],
};

/** Why an ingress cannot go without a feature once it asks for it, and what it can do instead. */
interface Indispensable {
  readonly because: string;
  readonly instead: string;
}

const INDISPENSABLE: ReadonlyMap<IngressFeature, Indispensable> = new Map([
  ...Object.values(AUTHENTICATION_FEATURES)
    .flat()
    .map((feature): [IngressFeature, Indispensable] => [
      feature,
      {
        because: 'an ingress that asks for authentication and lets everybody in would deceive its readers',
        instead: 'write authentication: IngressAuthentication.none(reason)',
      },
    ]),
  [
    IngressFeature.BACKEND_TLS,
    {
      because: 'the service speaks TLS only, and a controller that does not would never reach it',
      instead: 'leave out internalTls, or the scheme HTTPS of pods of your own',
    },
  ],
]);

const CLIENT_ADDRESS_FEATURES: Record<ClientAddressSource, IngressFeature> = {
  direct: IngressFeature.CLIENT_ADDRESS_DIRECT,
  forwarded: IngressFeature.CLIENT_ADDRESS_FORWARDED,
  'proxy-protocol': IngressFeature.CLIENT_ADDRESS_PROXY_PROTOCOL,
};

const RATE_FEATURES: Record<RateUnit, IngressFeature> = {
  second: IngressFeature.RATE_PER_SECOND,
  minute: IngressFeature.RATE_PER_MINUTE,
};

/** What an ingress asks of its controller. */
export function requestedFeatures(props: SecureIngressProps): IngressFeature[] {
  const { rateLimit, tls } = props;
  const when = (asked: boolean, feature: IngressFeature): IngressFeature[] => (asked ? [feature] : []);
  return [
    tls.minimumVersion === TlsVersion.TLS_1_3 ? IngressFeature.TLS_1_3 : IngressFeature.TLS_1_2,
    IngressFeature.HTTPS_REDIRECT,
    ...when(
      props.hstsMaxAge !== undefined ||
        props.controller._profile.capabilities.hsts.level !== CapabilityLevel.UNSUPPORTED,
      IngressFeature.HSTS,
    ),
    IngressFeature.EXACT_PATHS,
    ...when(
      (props.paths ?? []).some(({ methods }) => methods.length > 0),
      IngressFeature.METHODS,
    ),
    CLIENT_ADDRESS_FEATURES[(props.clientAddress ?? ClientAddress.direct())._source],
    RATE_FEATURES[rateUnit(rateLimit)],
    IngressFeature.RATE_BURST,
    ...when(rateLimit.concurrentConnections !== undefined, IngressFeature.CONCURRENT_CONNECTIONS),
    ...when(rateLimit.header !== undefined, IngressFeature.RATE_BY_HEADER),
    ...when(rateLimit.scope === RateLimitScope.CLUSTER, IngressFeature.RATE_SCOPE_CLUSTER),
    IngressFeature.STATUS_429,
    IngressFeature.BODY_SIZE,
    IngressFeature.TIMEOUTS,
    ...when(speaksTls(props.service), IngressFeature.BACKEND_TLS),
    ...when((props.sourceRanges ?? []).length > 0, IngressFeature.SOURCE_RANGES),
    ...when(Object.keys(props.responseHeaders ?? {}).length > 0, IngressFeature.RESPONSE_HEADERS),
    ...AUTHENTICATION_FEATURES[props.authentication._spec.kind],
  ];
}

/** The report on the requested features; refuses what the controller cannot do, unless that was accepted. */
export function requireCapabilities(
  controller: ControllerProfile,
  features: readonly IngressFeature[],
  accepted: readonly UnenforcedFeature[],
): FeatureCapability[] {
  const report = features.map((feature) => ({ feature, ...atVersion(controller, feature) }));
  const refusals = new Refusals();
  accepted.forEach((exception) =>
    refusals.collect(() => {
      requireAcceptable(controller, report, exception);
    }),
  );
  const missing = report.filter(
    ({ feature, level }) =>
      level === CapabilityLevel.UNSUPPORTED && !accepted.some((exception) => exception.feature === feature),
  );
  refusals.add(
    missing.map(({ feature, note }) => ({
      what: `${controller.name} ${controller.version} feature`,
      value: feature,
      because: note,
      instead: `${alternatives(feature)}, or ${wayWithout(feature)}`,
    })),
  );
  refusals.throwAny();
  return report;
}

/** Refuses to go without what has to be there, and without what is there. */
function requireAcceptable(
  controller: ControllerProfile,
  report: readonly FeatureCapability[],
  { feature, reason }: UnenforcedFeature,
): void {
  requireReason(`acceptUnenforced ${feature} reason`, reason, 'write why the ingress may go without it');
  const indispensable = INDISPENSABLE.get(feature);
  if (indispensable !== undefined) {
    throw invalid({ what: 'SecureIngress acceptUnenforced', value: feature, ...indispensable });
  }
  if (report.find((entry) => entry.feature === feature)?.level !== CapabilityLevel.UNSUPPORTED) {
    throw invalid({
      what: 'SecureIngress acceptUnenforced',
      value: feature,
      because: `it was not asked for, or ${controller.name} ${controller.version} has it`,
      instead: 'leave it out',
    });
  }
}

/** Everything that a controller can do and cannot, at its version. */
export function capabilitiesOf(controller: ControllerProfile): FeatureCapability[] {
  return Object.values(IngressFeature).map((feature) => ({ feature, ...atVersion(controller, feature) }));
}

function atVersion(controller: ControllerProfile, feature: IngressFeature): Omit<FeatureCapability, 'feature'> {
  const capability = controller.capabilities[feature];
  return capability.since !== undefined && isOlder(controller.version, capability.since)
    ? { level: CapabilityLevel.UNSUPPORTED, note: `it needs ${controller.name} ${capability.since} or newer` }
    : capability;
}

function alternatives(feature: IngressFeature): string {
  const able = CONTROLLERS.filter(({ capabilities }) => capabilities[feature].level !== CapabilityLevel.UNSUPPORTED);
  return able.length === 0 ? 'no supported controller has it' : `choose ${able.map(({ name }) => name).join(' or ')}`;
}

function wayWithout(feature: IngressFeature): string {
  const indispensable = INDISPENSABLE.get(feature);
  if (indispensable !== undefined) {
    return indispensable.instead;
  }
  const member = Object.entries(IngressFeature).find(([, value]) => value === feature)?.[0] ?? feature;
  return `write acceptUnenforced: [{ feature: IngressFeature.${member}, reason: '…' }]`;
}
