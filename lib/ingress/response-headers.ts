import { inOrder } from '../common/defined';
import { invalid } from '../common/invalid';
import { literalSecretIn } from '../common/literal-secrets';
import { isHeaderName } from '../common/names';

/** Refuses headers that a controller would not take as they are, and values that hold a credential. */
export function requireResponseHeaders(headers: Record<string, string>): Record<string, string> {
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() === 'strict-transport-security') {
      throw invalid({
        what: 'SecureIngress responseHeaders',
        value: name,
        because: 'the answer would carry it twice',
        instead: 'write hstsMaxAge instead',
      });
    }
    if (!isHeaderName(name) || !/^[\x20-\x7e]+$/.test(value) || /["\\$,:]/.test(value)) {
      throw invalid({
        what: 'SecureIngress responseHeaders',
        value: { [name]: value },
        because:
          'a header is a name of letters, digits and "-", and printable ASCII without quotes, "\\", "$", "," and ":"',
        instead: "write for example { 'X-Content-Type-Options': 'nosniff' }",
      });
    }
    const secret = literalSecretIn(value);
    if (secret !== undefined) {
      throw invalid({
        what: `SecureIngress responseHeaders ${name}`,
        value: '(hidden)',
        because: `it holds ${secret}, and every client would get it`,
        instead: 'leave it out',
      });
    }
  }
  return inOrder(headers);
}
