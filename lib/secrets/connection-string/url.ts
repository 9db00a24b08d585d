import { inOrder } from '../../common/defined';
import { invalid } from '../../common/invalid';
import { isSecretName, literalSecretIn } from '../../common/literal-secrets';
import { isDnsName } from '../../common/names';
import type { ConnectionStringProps } from './props';

/** The parts of a URL around its user and password. */
export interface UrlParts {
  readonly scheme: string;
  /** Everything behind the "@". */
  readonly rest: string;
}

/** The parts of a URL that are written out; refuses what would be read as something else, and credentials. */
export function urlParts(what: string, props: ConnectionStringProps): UrlParts {
  const { scheme, host, port, path = '', parameters = {} } = props;
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) {
    throw invalid({
      what: `${what} scheme`,
      value: scheme,
      because: 'a scheme is lower-case letters, digits, "+", "." and "-", and begins with a letter',
      instead: 'write what comes before "://", for example "postgresql"',
    });
  }
  if (!isDnsName(host) && !/^\[[0-9a-f:.]+\]$/.test(host)) {
    throw invalid({
      what: `${what} host`,
      // It may hold a password.
      value: host.includes('@') ? '(hidden)' : host,
      because: 'a host is one DNS name in lower case, one IPv4 address, or one IPv6 address in brackets',
      instead: 'write for example "database.data.svc", and port, user, password and path in props of their own',
    });
  }
  if (path.startsWith('/')) {
    throw invalid({
      what: `${what} path`,
      value: path,
      because: 'the "/" behind the server is written already',
      instead: `write ${JSON.stringify(path.replace(/^\/+/, ''))}`,
    });
  }
  requireNoCredential(`${what} path`, 'path', path);
  for (const [name, text] of Object.entries(parameters)) {
    requireNoCredential(`${what} parameters ${name}`, name, text);
  }
  const query = Object.entries(inOrder(parameters))
    .map((pair) => pair.map(encodeURIComponent).join('='))
    .join('&');
  const server = port === undefined ? host : `${host}:${port}`;
  const segments = path.split('/').map(encodeURIComponent).join('/');
  return { scheme, rest: `${server}${path === '' ? '' : `/${segments}`}${query === '' ? '' : `?${query}`}` };
}

function requireNoCredential(what: string, name: string, text: string): void {
  const secret = literalSecretIn(text) ?? (isSecretName(name) ? 'a credential, by its name' : undefined);
  if (secret !== undefined) {
    throw invalid({
      what,
      value: '(hidden)',
      because: `it holds ${secret}, and manifests are stored in Git`,
      instead: 'leave it out: user and password are read from the store',
    });
  }
}
