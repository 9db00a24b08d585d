import { createHash } from 'node:crypto';
import type { Manifest } from '../support/manifests';
import type { Cluster } from './support/cluster';
import { haProxySkeleton, type HaProxyTimeouts } from './support/haproxy-skeleton';
import { ingressesIn, type RenderedIngress } from './support/rendered-ingress';

/** Kinds of rules in the order in which the controller writes them: pkg/haproxy/rules/types.go. */
const RULE_ORDER = ['set-src', 'deny', 'track', 'auth', 'rate-limit', 'redirect', 'response-header'] as const;

interface Rule {
  readonly kind: (typeof RULE_ORDER)[number];
  /** The directive up to its condition. */
  readonly action: string;
  /** The condition of the rule itself; every rule also has the one that it belongs to the path. */
  readonly condition?: string;
  /** The redirect to HTTPS is for the plain frontend only: pkg/ingress/ingress.go, addRules. */
  readonly plainOnly?: boolean;
}

interface Translation {
  readonly rules: Rule[];
  /** Sections beside the frontends. */
  readonly sections: string[];
  readonly serverTimeout: string;
}

/**
 * A haproxy.cfg as haproxytech/kubernetes-ingress 3.2.11 writes it for rendered Ingresses. Each part names its source there.
 */
export function haProxyConfiguration(
  objects: readonly Manifest[],
  cluster: Cluster,
  timeouts: HaProxyTimeouts = {},
): string {
  const ingresses = ingressesIn(objects, 'haproxy.org').map((ingress) => ({
    ingress,
    translation: translate(ingress, cluster),
  }));
  const rules = unique(ingresses.flatMap(({ translation }) => translation.rules));
  const ordered = RULE_ORDER.flatMap((kind) => rules.filter((rule) => rule.kind === kind));
  const lines = (plain: boolean): string[] =>
    ordered.filter((rule) => plain || rule.plainOnly !== true).map((rule) => directive(rule));

  return haProxySkeleton({
    cluster,
    timeouts,
    httpRules: lines(true),
    httpsRules: lines(false),
    // pkg/route/route.go, AddHostPathRoute: host, and host with exact path to backend and rule ids.
    hosts: ingresses.map(({ ingress: { host } }) => `${host} ${host}`),
    exactPaths: ingresses.flatMap(({ ingress, translation }) =>
      ingress.paths.map((path) => `${ingress.host}${path} ${['nim', ...translation.rules.map(idOf)].join('.')}`),
    ),
    // pkg/annotations/service/timeoutServer.go: in the backend. Ingresses for one service would share it.
    backend: unique(ingresses.map(({ translation }) => `timeout server ${translation.serverTimeout}`)),
    sections: unique(ingresses.flatMap(({ translation }) => translation.sections)),
  });
}

function translate(ingress: RenderedIngress, cluster: Cluster): Translation {
  const { annotations } = ingress;
  const limit = rateLimitOf(ingress);
  const auth = basicAuth(ingress, cluster);
  const translation = {
    rules: [
      ...sourceHeader(annotations.take('src-ip-header')),
      ...allowList(annotations.take('allow-list'), cluster),
      ...limit.rules,
      ...auth.rules,
      ...httpsRedirect(ingress),
      ...responseHeaders(annotations.take('response-set-header')),
    ],
    sections: [...limit.sections, ...auth.sections],
    serverTimeout: annotations.require('timeout-server'),
  };
  annotations.requireNoneLeft();
  return translation;
}

/** pkg/haproxy/rules/reqSetSrc.go. */
function sourceHeader(header: string | undefined): Rule[] {
  return header === undefined ? [] : [{ kind: 'set-src', action: `http-request set-src hdr(${header})` }];
}

/** pkg/haproxy/rules/reqDeny.go: whoever is in no line of the file gets 403. */
function allowList(annotation: string | undefined, cluster: Cluster): Rule[] {
  if (annotation === undefined) {
    return [];
  }
  const file = cluster.write('allow-list.map', `${annotation.split(',').join('\n')}\n`);
  return [{ kind: 'deny', action: 'http-request deny deny_status 403', condition: `!{ src -f ${file} }` }];
}

/** pkg/annotations/ingress/reqRateLimit.go, pkg/haproxy/rules/reqTrack.go (table) and reqRatelimit.go (refusal). */
function rateLimitOf({ annotations }: RenderedIngress): { rules: Rule[]; sections: string[] } {
  const requests = annotations.require('rate-limit-requests');
  const millis = annotations.require('rate-limit-period').replace(/ms$/, '');
  const status = annotations.require('rate-limit-status-code');
  const table = `RateLimit-${millis}`;
  return {
    rules: [
      { kind: 'track', action: `http-request track-sc0 src table ${table}` },
      {
        kind: 'rate-limit',
        action: `http-request deny deny_status ${status}`,
        condition: `{ sc0_http_req_rate(${table}) gt ${requests} }`,
      },
    ],
    sections: [
      [
        `backend ${table}`,
        // Type ip holds IPv4 addresses only, so the requests of an IPv6 client are not counted.
        `  stick-table type ip size 102400 peers localinstance store http_req_rate(${millis})`,
      ].join('\n'),
    ],
  };
}

/** pkg/haproxy/rules/reqBasicAuth.go; pkg/haproxy/api/userlist.go: each key of the Secret is a user, its value a hash. */
function basicAuth(ingress: RenderedIngress, cluster: Cluster): { rules: Rule[]; sections: string[] } {
  const { annotations } = ingress;
  if (annotations.take('auth-type') !== 'basic-auth') {
    return { rules: [], sections: [] };
  }
  const secret = cluster.secret(annotations.require('auth-secret').split('/')[1] ?? '');
  const list = `${ingress.namespace}-${ingress.name}`;
  return {
    rules: [
      {
        kind: 'auth',
        action: `http-request auth realm ${annotations.require('auth-realm')}`,
        condition: `!{ http_auth_group(${list}) authenticated-users }`,
      },
    ],
    sections: [
      [
        `userlist ${list}`,
        '  group authenticated-users',
        ...Object.entries(secret).map(([user, hash]) => `  user ${user} password ${hash} groups authenticated-users`),
      ].join('\n'),
    ],
  };
}

/** pkg/haproxy/rules/reqRequestRedirect.go. */
function httpsRedirect({ annotations }: RenderedIngress): Rule[] {
  const port = annotations.require('ssl-redirect-port');
  const code = annotations.require('ssl-redirect-code');
  const location = `https://%[hdr(host),field(1,:)]:${port}%[capture.req.uri]`;
  return annotations.require('ssl-redirect') === 'true'
    ? [{ kind: 'redirect', action: `http-request redirect location ${location} code ${code}`, plainOnly: true }]
    : [];
}

/** pkg/annotations/ingress/reqSetHdr.go: one header a line, name and value separated by the first space. */
function responseHeaders(annotation: string | undefined): Rule[] {
  return (annotation ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ kind: 'response-header', action: `http-response set-header ${line}` }));
}

/** pkg/haproxy/rules/main.go, refreshRule: a rule holds for the paths whose entry in the map names its id. */
function directive(rule: Rule): string {
  return `${rule.action} if { var(txn.path_match) -m dom ${idOf(rule)} } ${rule.condition ?? ''}`.trim();
}

/** rules/main.go, GetID: a hash of the rule, so that equal rules of two ingresses are one. */
function idOf(rule: Rule): string {
  return createHash('sha1').update(JSON.stringify(rule)).digest('hex');
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
