import { invalid } from '../../../common/invalid';

/** RSA of 2048 bits, the shortest that Go still makes; the controller has 4096. */
const SHORTEST_KEY_BYTES = 256;
/** What AES-GCM adds to a text. */
const TAG_BYTES = 16;

/** Refuses what kubeseal has not sealed, and what it has sealed of nothing. */
export function requireSealed(what: string, value: string): string {
  const length = sealedLength(value);
  if (length === undefined) {
    throw invalid({
      what,
      // It may be the credential itself.
      value: '(hidden)',
      because: 'it is no value that kubeseal has sealed',
      instead: 'write what `kubeseal --raw` prints, in one line',
    });
  }
  if (length === 0) {
    throw invalid({
      what,
      value: '(hidden)',
      because: 'an empty text was sealed',
      instead: 'seal the value again: `printf %s "$NGC_API_KEY" | kubeseal --raw --from-file=/dev/stdin …`',
    });
  }
  return value;
}

/**
 * How many bytes were sealed; `undefined` for what is no sealed value. It is the length of a key in two bytes, the key, and the text
 * in AES-GCM.
 */
function sealedLength(value: string): number | undefined {
  if (value.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(value)) {
    return undefined;
  }
  const bytes = Buffer.from(value, 'base64');
  const keyBytes = bytes.length < 2 ? 0 : bytes.readUInt16BE(0);
  const length = bytes.length - 2 - keyBytes - TAG_BYTES;
  return keyBytes < SHORTEST_KEY_BYTES || length < 0 ? undefined : length;
}
