import { invalid } from '../common/invalid';
import { enumOf, listOf, text } from '../common/kinds';
import { required, requireProps } from '../common/props';

/**
 * An HTTP method that a path may be called with.
 *
 * @example
 * nim.IngressPath.exact('/v1/models', [nim.HttpMethod.GET]);
 */
export enum HttpMethod {
  /** Read. */
  GET = 'GET',
  /** Send a request with a body. */
  POST = 'POST',
}

const PATH = /^(\/[A-Za-z0-9_~-][A-Za-z0-9_.~-]*)+$/;

/**
 * One path that is served, compared letter by letter.
 *
 * @example
 * new nim.SecureIngress(chart, 'ingress', {
 *   service,
 *   host: 'embeddings.example.com',
 *   controller,
 *   paths: [nim.IngressPath.exact('/v1/embeddings')],
 *   tls: nim.IngressTls.fromClusterIssuer('letsencrypt'),
 *   rateLimit: nim.RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
 *   authentication: nim.IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
 * });
 */
export class IngressPath {
  /**
   * A path and, where the controller can tell them apart, the methods that it may be called with.
   *
   * @param path the whole path, for example `/v1/embeddings`.
   * @param methods the allowed methods; all when left out.
   */
  public static exact(path: string, methods: HttpMethod[] = []): IngressPath {
    requireProps(
      'IngressPath.exact',
      { path, methods },
      { path: required(text), methods: required(listOf(enumOf({ HttpMethod }))) },
    );
    return new IngressPath(path, methods);
  }

  private constructor(
    /** The whole path. */
    public readonly path: string,
    /** The allowed methods; empty for all. */
    public readonly methods: HttpMethod[],
  ) {
    if (!PATH.test(path)) {
      throw invalid({
        what: 'IngressPath',
        value: path,
        because:
          'a path begins with "/", ends without one, and holds letters, digits, "_", ".", "~" and "-"; it is compared letter by letter',
        instead: 'write for example IngressPath.exact("/v1/embeddings")',
      });
    }
  }
}

/** Refuses an empty list, a path that is listed twice, and what has to stay inside the cluster. */
export function requirePaths(paths: readonly IngressPath[], internalPaths: readonly string[]): IngressPath[] {
  if (paths.length === 0) {
    throw invalid({
      what: 'SecureIngress paths',
      value: paths,
      because: 'nothing would be served',
      instead: 'leave it out for the public paths of the service, or list at least one',
    });
  }
  for (const { path } of paths) {
    if (internalPaths.includes(path.toLowerCase())) {
      throw invalid({
        what: 'SecureIngress paths',
        value: path,
        because: `${internalPaths.join(', ')} are for operators inside the cluster`,
        instead: 'leave it out; name monitoring pods with the prop monitoring of the service',
      });
    }
    if (paths.filter((other) => other.path === path).length > 1) {
      throw invalid({
        what: 'SecureIngress paths',
        value: path,
        because: 'it is listed twice',
        instead: 'list it once',
      });
    }
  }
  return [...paths];
}
