import { connect, type SecureVersion } from 'node:tls';
import { expect, it } from 'vitest';
import { LOOPBACK } from '../../support/loopback';
import type { DataPlane } from '../support/data-planes';
import { HOST, useEdge } from '../support/edge';

/** The version that a handshake ends with, or the code of the error that ends it. */
export function handshake(port: number, version: SecureVersion): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({
      host: LOOPBACK,
      port,
      servername: HOST,
      minVersion: version,
      maxVersion: version,
      // OpenSSL itself refuses old versions above security level 0; the server has to be the one that does.
      ciphers: 'ALL:@SECLEVEL=0',
      rejectUnauthorized: false,
    });
    socket.once('secureConnect', () => {
      resolve(socket.getProtocol() ?? 'none');
      socket.destroy();
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
  });
}

/** Speaks TLS 1.2 and newer only. */
export function checkTls(plane: DataPlane): void {
  const edge = useEdge(plane);

  it.each<SecureVersion>(['TLSv1', 'TLSv1.1'])(
    'refuses %s with an alert, although the client offers it',
    async (version) => {
      // The control has the same certificate and ciphers: it shows that client and machine can do this version.
      expect(await handshake(edge().ports.control, version)).toBe(version);
      expect(await handshake(edge().ports.https, version)).toBe('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION');
    },
  );

  it.each<SecureVersion>(['TLSv1.2', 'TLSv1.3'])('accepts %s', async (version) => {
    expect(await handshake(edge().ports.https, version)).toBe(version);
  });
}
