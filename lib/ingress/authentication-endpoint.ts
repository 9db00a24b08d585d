import { invalid } from '../common/invalid';
import { port as portKind, requireKind } from '../common/kinds';
import { literalSecretIn } from '../common/literal-secrets';

/** An authentication URL in its parts. */
export interface AuthenticationEndpoint {
  readonly url: string;
  readonly tls: boolean;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** The Service behind the host, when it is a name of the cluster. */
  readonly service: { readonly name: string; readonly namespace: string } | undefined;
}

const AUTH_URL = /^(https?):\/\/([a-z0-9]([-a-z0-9.]*[a-z0-9])?)(?::([0-9]{1,5}))?(\/[A-Za-z0-9/_.~-]*)$/;
const CLUSTER_HOST = /^([a-z]([-a-z0-9]*[a-z0-9])?)\.([a-z0-9]([-a-z0-9]*[a-z0-9])?)\.svc(\.[a-z0-9.-]+)?$/;

/** Reads the URL of an authentication service; refuses credentials in it, and what is no such URL. */
export function parseEndpoint(url: string): AuthenticationEndpoint {
  const what = 'IngressAuthentication.external url';
  if (literalSecretIn(url) !== undefined) {
    throw invalid({
      what,
      value: '(hidden)',
      because: 'it holds a credential',
      instead: 'let the authentication service trust the controller instead',
    });
  }
  const [, scheme, host, , port, path] = AUTH_URL.exec(url) ?? [];
  if (host === undefined || path === undefined) {
    throw invalid({
      what,
      value: url,
      because: 'it is scheme, host, optional port and path',
      instead: 'write for example "http://oauth2-proxy.auth.svc.cluster.local/oauth2/auth"',
    });
  }
  const tls = scheme === 'https';
  const [, name, , namespace] = CLUSTER_HOST.exec(host) ?? [];
  return {
    url,
    tls,
    host,
    path,
    port:
      port === undefined
        ? tls
          ? 443
          : 80
        : requireKind('IngressAuthentication.external port', Number(port), portKind),
    service: name === undefined || namespace === undefined ? undefined : { name, namespace },
  };
}
