import { CLUSTER_DOMAIN } from '../common/cluster-domain';
import { invalid } from '../common/invalid';
import { requireProxyExceptions } from '../common/proxy-exceptions';
import { requireLiteralEnv } from './environment';
import type { NimDeploymentProps } from './nim-deployment-props';
import type { PodPart } from './pod-part';
import type { RuntimeFacts } from './runtime-facts';

/** The pod itself, and the Services of the cluster. */
const IN_CLUSTER = ['localhost', '127.0.0.1', '.svc', `.${CLUSTER_DOMAIN}`];

/**
 * The forward proxy, in the two spellings that libraries read; NVIDIA's NIM Operator sets the same six variables.
 *
 * @param direct further hosts that are reached without it.
 */
export function proxyPart(
  { behindProxy }: RuntimeFacts,
  { httpsProxy: url, noProxy = [] }: Pick<NimDeploymentProps, 'httpsProxy' | 'noProxy'>,
  direct: readonly string[] = [],
): PodPart {
  const from = 'NimDeployment httpsProxy';
  if (url === undefined) {
    requireNoExceptions(noProxy);
    return { from };
  }
  requireLiteralEnv(from, { HTTPS_PROXY: url });
  if (!/^https?:\/\/[^\s/@]+$/.test(url)) {
    throw invalid({
      what: from,
      value: url,
      because: 'a proxy URL is scheme, host and port, nothing else',
      instead: 'write for example "http://proxy.egress.svc.cluster.local:3128"',
    });
  }
  const exceptions = [...IN_CLUSTER, ...requireProxyExceptions('NimDeployment noProxy', noProxy), ...direct];
  const variables = { HTTP_PROXY: url, HTTPS_PROXY: url, NO_PROXY: [...new Set(exceptions)].join(',') };
  const lowerCase = Object.entries(variables).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  return { from, env: { ...variables, ...Object.fromEntries(lowerCase), ...behindProxy } };
}

function requireNoExceptions(noProxy: readonly string[]): void {
  if (noProxy.length > 0) {
    throw invalid({
      what: 'NimDeployment noProxy',
      value: noProxy,
      because: 'there is no proxy that it could be an exception of',
      instead: 'give httpsProxy too, or leave it out',
    });
  }
}
