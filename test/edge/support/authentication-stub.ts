import { createServer, type Server } from 'node:http';
import { listen, LOOPBACK, portOf } from '../../support/loopback';

/** How an authentication service says yes. */
export interface Consent {
  readonly path: string;
  readonly status: number;
}

/** The path of oauth2-proxy that is made for such questions. */
export const OAUTH2_PROXY: Consent = { path: '/oauth2/auth', status: 202 };

/** Answers like oauth2-proxy in front of an API: yes for one token, 401 for everything else. */
export class AuthenticationStub {
  public static async start(token: string, consent = OAUTH2_PROXY): Promise<AuthenticationStub> {
    const stub = new AuthenticationStub(token, consent);
    await listen(stub.server);
    return stub;
  }

  private readonly server: Server;

  private constructor(token: string, { path, status }: Consent) {
    this.server = createServer((request, response) => {
      const allowed = request.url === path && request.headers.authorization === `Bearer ${token}`;
      response.writeHead(allowed ? status : 401, allowed ? { 'x-auth-request-user': 'alice' } : {});
      response.end();
    });
  }

  /** Address and port. */
  public get endpoint(): string {
    return `${LOOPBACK}:${portOf(this.server)}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
