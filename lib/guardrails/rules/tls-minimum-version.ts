import { type Rule, RuleLevel, type Violation } from '../rule';
import { type Path, textAt } from '../../manifests/fields';
import { isAlb } from '../../manifests/front-doors';
import { annotationsOf, groupKindOf, type Manifest } from '../../manifests/manifest';

const ALB_SSL_POLICY = 'alb.ingress.kubernetes.io/ssl-policy';
/** Names of the policies of Elastic Load Balancing that refuse TLS below 1.2. */
const SAFE_ALB_POLICY = /^ELBSecurityPolicy-(TLS13-1-[23]-|FS-1-2-|TLS-1-2-)/;

/** Where a kind says the lowest version of TLS, and what is too low. Unset, Traefik and Envoy Gateway take 1.2. */
const MINIMUM_VERSIONS: readonly { readonly kind: string; readonly path: Path; readonly tooLow: readonly string[] }[] =
  [
    { kind: 'traefik.io/TLSOption', path: ['spec', 'minVersion'], tooLow: ['VersionTLS10', 'VersionTLS11'] },
    {
      kind: 'gateway.envoyproxy.io/ClientTrafficPolicy',
      path: ['spec', 'tls', 'minVersion'],
      tooLow: ['1.0', '1.1', 'Auto'],
    },
  ];

export const tlsMinimumVersion: Rule = {
  id: 'tls-minimum-version',
  level: RuleLevel.ERROR,
  what: 'TLS below 1.2 is refused wherever a manifest can say so: TLSOption, ClientTrafficPolicy, load balancers of AWS.',
  why: 'TLS 1.0 and 1.1 are broken; an Application Load Balancer takes 1.0 unless it is told otherwise.',
  fix: 'set minVersion to 1.2 or 1.3; for AWS an ssl-policy such as ELBSecurityPolicy-TLS13-1-2-2021-06',
  check: (object) => [...fieldViolations(object), ...albViolations(object)],
};

function fieldViolations(object: Manifest): Violation[] {
  return MINIMUM_VERSIONS.filter(({ kind }) => kind === groupKindOf(object)).flatMap(({ path, tooLow }) =>
    tooLow
      .filter((version) => version === textAt(object, ...path))
      .map((version) => ({ path, message: `${version} takes clients below TLS 1.2` })),
  );
}

function albViolations(object: Manifest): Violation[] {
  if (!isAlb(object)) {
    return [];
  }
  const policy = annotationsOf(object)[ALB_SSL_POLICY] ?? "the controller's default, ELBSecurityPolicy-2016-08,";
  return SAFE_ALB_POLICY.test(policy)
    ? []
    : [{ path: ['metadata', 'annotations', ALB_SSL_POLICY], message: `${policy} takes clients below TLS 1.2` }];
}
