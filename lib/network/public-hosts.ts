import { invalid } from '../common/invalid';
import { requireHost } from '../common/names';
import { NgcHosts } from './ngc-hosts';

/** The hosts of NGC and further ones, each once: for policies that know names. */
export function hostsWith(what: string, furtherHosts: readonly string[]): string[] {
  return [...new Set([...NgcHosts.download, ...furtherHosts.map((host) => requirePublicHost(what, host))])];
}

function requirePublicHost(what: string, host: string): string {
  if (host.includes('*')) {
    throw invalid({
      what,
      value: host,
      because: 'a wildcard also opens hosts that nobody listed',
      instead: 'write each full DNS name',
    });
  }
  if (/\.(svc|cluster\.local)$/.test(host)) {
    throw invalid({
      what,
      value: host,
      because: 'it is a name of the cluster, and a rule for names does not apply to pods',
      instead: 'name the pods with Egress.tcpTo(…)',
    });
  }
  return requireHost(what, host);
}
