/**
 * A text in the form of what kubeseal seals: the length of a key in two bytes, the key, the text and what AES-GCM adds. Nothing is
 * encrypted, and nothing can decrypt it.
 */
export function sealed(length = 70, keyBytes = 512): string {
  const bytes = Buffer.alloc(2 + keyBytes + length + 16, 0xa7);
  bytes.writeUInt16BE(keyBytes);
  return bytes.toString('base64');
}
