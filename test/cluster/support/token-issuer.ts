import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer as createPlainServer, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:net';

/** Claims of a token. */
export type Claims = Readonly<Record<string, unknown>>;

const HOUR = 3600;

/** An issuer of tokens in the form of OpenID Connect: its keys, and tokens that they sign. */
export class TokenIssuer {
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private server: Server | undefined;

  public constructor(public readonly url: string) {}

  /** Serves its configuration and keys, by HTTPS where there is a certificate. */
  public async serve(
    address: string,
    port: number,
    tls?: { readonly cert: string; readonly key: string },
  ): Promise<void> {
    const answer: RequestListener = (request, response) => {
      const document = { '/.well-known/openid-configuration': this.configuration(), '/keys': this.keySet() }[
        request.url ?? ''
      ];
      response.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(document ?? {}));
    };
    const server = tls === undefined ? createPlainServer(answer) : createServer(tls, answer);
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, address, resolve);
    });
  }

  public async stop(): Promise<void> {
    await new Promise((resolve) => this.server?.close(resolve) ?? resolve(undefined));
  }

  /** A token for an hour, unless the claims say something else. */
  public token(claims: Claims): string {
    const now = Math.floor(Date.now() / 1000);
    const parts = [
      { alg: 'RS256', typ: 'JWT', kid: 'main' },
      { iss: this.url, iat: now - HOUR, exp: now + HOUR, ...claims },
    ];
    const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
    return `${text}.${sign('sha256', Buffer.from(text), this.keys.privateKey).toString('base64url')}`;
  }

  private configuration(): object {
    return {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  private keySet(): object {
    return { keys: [{ ...this.keys.publicKey.export({ format: 'jwk' }), kid: 'main', alg: 'RS256', use: 'sig' }] };
  }
}
