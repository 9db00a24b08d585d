import type { ControllerLanguage, MinimumTls } from '../../ingress/controller-language';
import { addressees, LANGUAGES } from '../../manifests/controllers';
import { textAt } from '../../manifests/fields';
import { matches } from '../../manifests/instructions';
import { groupKindOf, type Manifest } from '../../manifests/manifest';
import { type Rule, RuleLevel, type Violation } from '../rule';

export const tlsMinimumVersion: Rule = {
  id: 'tls-minimum-version',
  level: RuleLevel.ERROR,
  kinds: [...new Set(LANGUAGES.flatMap(minimumTlsOf).map(({ kind }) => kind))],
  what: 'TLS below 1.2 is refused wherever a manifest can say so: TLSOption, ClientTrafficPolicy, load balancers of AWS.',
  why: 'TLS 1.0 and 1.1 are broken; an Application Load Balancer takes 1.0 unless it is told otherwise.',
  fix: 'set minVersion to 1.2 or 1.3; for AWS an ssl-policy such as ELBSecurityPolicy-TLS13-1-2-2021-06',
  check: (object, manifests) =>
    manifests.languages
      // A front door may be for several controllers; any other kind belongs to one.
      .filter((language) => groupKindOf(object) !== language.door || addressees(object, manifests).includes(language))
      .flatMap(minimumTlsOf)
      .filter(({ kind }) => kind === groupKindOf(object))
      .flatMap((minimum) => versionViolations(minimum, object)),
};

function minimumTlsOf({ minimumTls }: ControllerLanguage): readonly MinimumTls[] {
  return minimumTls ?? [];
}

function versionViolations({ path, tooLow, unset }: MinimumTls, object: Manifest): Violation[] {
  const version = textAt(object, ...path) ?? unset;
  return version !== undefined && matches(tooLow, version)
    ? [{ path, message: `${version} takes clients below TLS 1.2` }]
    : [];
}
