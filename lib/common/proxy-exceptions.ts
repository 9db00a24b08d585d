import { addressBits, addressBlock } from './cidr';
import { invalid } from './invalid';
import { literalSecretIn } from './literal-secrets';

/** A host, or with a dot before it every host of a domain; both with an optional port. */
const HOST = /^\.?[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(:[0-9]{1,5})?$/i;

/** What must not go through a proxy: hosts, domains, addresses and blocks. Refused: what libraries would not read, or read as everything. */
export function requireProxyExceptions(what: string, exceptions: readonly string[]): string[] {
  return exceptions.map((exception) => {
    const secret = literalSecretIn(exception);
    if (secret !== undefined) {
      throw invalid({
        what,
        value: '(hidden)',
        because: `it holds ${secret}, and manifests are stored in Git`,
        instead: 'write the host alone',
      });
    }
    if (!HOST.test(exception) && addressBits(exception) === '' && addressBlock(exception) === undefined) {
      throw invalid({
        what,
        value: exception,
        because:
          'an exception is a host, a domain with a dot before it, an address or a block; libraries differ in what "*" means to them',
        instead: 'write for example ".corp.example", "store.corp.example" or "10.0.0.0/8"',
      });
    }
    return exception;
  });
}
