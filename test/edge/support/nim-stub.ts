import { readFileSync } from 'node:fs';
import { createServer as createPlainServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer, Server as EncryptedServer } from 'node:https';
import { listen, LOOPBACK, portOf, sleep } from '../../support/loopback';
import type { CertificateFiles } from './certificates';

/** A request as it reached the NIM. */
export interface SeenRequest {
  readonly method: string;
  /** As it was sent: nothing decoded, nothing resolved. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
}

/** Asks the stub to answer that many milliseconds later. */
export const DELAY_HEADER = 'x-test-delay-millis';

/** Everything that the NIM serves on its one port. */
const ROUTES: Record<string, unknown> = {
  '/v1/embeddings': { object: 'list', data: [{ object: 'embedding', index: 0, embedding: [0.25, -0.5] }] },
  '/v1/models': { object: 'list', data: [{ id: 'stub', object: 'model' }] },
  '/v1/health/live': { object: 'health-response', message: 'live' },
  '/v1/health/ready': { object: 'health-response', message: 'ready' },
  '/v1/metadata': { version: 'stub' },
  '/v1/metrics': '# HELP stub',
};

/** The HTTP API of a NIM, without the model: decodes the path once, compares it whole, and remembers what it was asked. */
export class NimStub {
  /** Serves by HTTPS where there is a certificate. */
  public static async start(certificate?: CertificateFiles): Promise<NimStub> {
    const stub = new NimStub(certificate);
    await listen(stub.server);
    return stub;
  }

  /** What reached the NIM, in order. */
  public readonly seen: SeenRequest[] = [];
  private readonly server: Server | EncryptedServer;

  private constructor(certificate: CertificateFiles | undefined) {
    const answer = (request: IncomingMessage, response: ServerResponse): void => {
      void this.answer(request, response);
    };
    this.server = certificate === undefined ? createPlainServer(answer) : createServer(secrets(certificate), answer);
  }

  /** Address and port. */
  public get endpoint(): string {
    return `${LOOPBACK}:${portOf(this.server)}`;
  }

  /** Shows another certificate from now on. */
  public present(certificate: CertificateFiles): void {
    if (!(this.server instanceof EncryptedServer)) {
      throw new Error('this NIM speaks plain HTTP');
    }
    this.server.setSecureContext(secrets(certificate));
    this.server.closeAllConnections();
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    this.seen.push({ method, url, headers });
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) {
      bytes += chunk.length;
    }
    await sleep(Number(headers[DELAY_HEADER] ?? 0));
    const route = ROUTES[decodedPath(url)];
    const body = JSON.stringify(route ?? { detail: 'Not Found' });
    response.writeHead(route === undefined ? 404 : 200, {
      'content-type': 'application/json',
      'content-length': body.length,
      'x-test-body-bytes': bytes,
    });
    response.end(body);
  }
}

function secrets({ certificate, key }: CertificateFiles): { cert: Buffer; key: Buffer } {
  return { cert: readFileSync(certificate), key: readFileSync(key) };
}

function decodedPath(url: string): string {
  const [path = ''] = url.split('?');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
