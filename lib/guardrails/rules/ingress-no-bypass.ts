import { type Rule, RuleLevel } from '../rule';
import { textAt } from '../../manifests/fields';
import { AWS, COMMUNITY, F5, HAPROXYTECH, reads } from '../../manifests/controllers';
import { ingressPaths, isFrontDoor, listed } from '../../manifests/front-doors';
import { annotationsOf, type Manifest } from '../../manifests/manifest';

/** An annotation that takes back what others of the same Ingress ask for. */
interface Bypass {
  readonly controller: string;
  readonly annotation: string;
  /** Whether it does with this value. */
  readonly takesBack: (value: string, ingress: Manifest, annotation: string) => boolean;
  readonly message: string;
}

const NOBODY_LIMITED = 'no client is limited, because the list has every address';
const PATTERNS = 'paths are regular expressions, also those with pathType Exact';

const BYPASSES: readonly Bypass[] = [
  {
    controller: AWS,
    annotation: 'alb.ingress.kubernetes.io/auth-on-unauthenticated-request',
    takesBack: (value) => value === 'allow',
    message: 'requests without a login are let through',
  },
  {
    controller: COMMUNITY,
    annotation: 'nginx.ingress.kubernetes.io/satisfy',
    takesBack: (value) => value === 'any',
    message: 'a client from an allowed address needs no login',
  },
  {
    controller: COMMUNITY,
    annotation: 'nginx.ingress.kubernetes.io/limit-whitelist',
    takesBack: hasEveryAddress,
    message: NOBODY_LIMITED,
  },
  {
    controller: COMMUNITY,
    annotation: 'nginx.ingress.kubernetes.io/limit-allowlist',
    takesBack: hasEveryAddress,
    message: NOBODY_LIMITED,
  },
  {
    controller: HAPROXYTECH,
    annotation: 'haproxy.org/rate-limit-whitelist',
    takesBack: hasEveryAddress,
    message: NOBODY_LIMITED,
  },
  {
    controller: F5,
    annotation: 'nginx.org/limit-req-dry-run',
    takesBack: isTrue,
    message: 'requests above the limit are only counted',
  },
  {
    controller: COMMUNITY,
    annotation: 'nginx.ingress.kubernetes.io/server-alias',
    takesBack: (value) => value.trim() !== '',
    message: 'hosts are served that neither rules nor tls list',
  },
  {
    controller: COMMUNITY,
    annotation: 'nginx.ingress.kubernetes.io/use-regex',
    takesBack: (value, ingress) => isTrue(value) && hasExactPath(ingress),
    message: PATTERNS,
  },
  {
    // It makes regular expressions of the paths as well, because it may name parts of them.
    controller: COMMUNITY,
    annotation: 'nginx.ingress.kubernetes.io/rewrite-target',
    takesBack: (value, ingress) => value.trim() !== '' && hasExactPath(ingress),
    message: PATTERNS,
  },
  {
    controller: F5,
    annotation: 'nginx.org/path-regex',
    takesBack: (value, ingress) => /^case_(in)?sensitive$/.test(value) && hasExactPath(ingress),
    message: PATTERNS,
  },
];

export const ingressNoBypass: Rule = {
  id: 'ingress-no-bypass',
  level: RuleLevel.ERROR,
  what: 'No annotation of an Ingress takes back the login, the limit, the hosts or the exact paths that it asks for.',
  why: 'What asks for them is still there to read, so nobody notices that requests pass it by.',
  fix: 'remove the annotation, or list the few addresses that it is for',
  check: (object, manifests) =>
    isFrontDoor(object, manifests)
      ? BYPASSES.flatMap(({ controller, annotation, takesBack, message }) => {
          const value = annotationsOf(object)[annotation];
          return value !== undefined && reads(controller, object) && takesBack(value, object, annotation)
            ? [{ path: ['metadata', 'annotations', annotation], message: `${JSON.stringify(value)}: ${message}` }]
            : [];
        })
      : [],
};

/** What Go's ParseBool takes for true. */
function isTrue(value: string): boolean {
  return ['1', 't', 'true'].includes(value.toLowerCase());
}

function hasEveryAddress(_: string, ingress: Manifest, annotation: string): boolean {
  return listed(ingress, annotation).some((range) => range.endsWith('/0'));
}

function hasExactPath(ingress: Manifest): boolean {
  return ingressPaths(ingress).some(({ fields }) => textAt(fields, 'pathType') === 'Exact');
}
