import { createServer, type Server } from 'node:http';
import { listen, LOOPBACK, portOf } from '../../support/loopback';

/** The path that oauth2-proxy answers on. */
const AUTH_PATH = '/oauth2/auth';

/** Answers like oauth2-proxy in front of an API: 202 for one token, 401 for everything else. */
export class AuthenticationStub {
  public static async start(token: string): Promise<AuthenticationStub> {
    const stub = new AuthenticationStub(token);
    await listen(stub.server);
    return stub;
  }

  private readonly server: Server;

  private constructor(token: string) {
    this.server = createServer((request, response) => {
      const allowed = request.url === AUTH_PATH && request.headers.authorization === `Bearer ${token}`;
      response.writeHead(allowed ? 202 : 401, allowed ? { 'x-auth-request-user': 'alice' } : {});
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
