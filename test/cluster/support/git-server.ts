import { spawn } from 'node:child_process';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';

const HTTPS = 443;

export interface GitServerOptions {
  /** The directory of the repositories; a repository has the path of its URL below it. */
  readonly directory: string;
  readonly tls: { readonly cert: string; readonly key: string };
  /** `user:password` of who may read, and write nothing. */
  readonly account: string;
}

/** A Git host: HTTPS, and private repositories. */
export class GitServer {
  public static async start(address: string, options: GitServerOptions): Promise<GitServer> {
    const git = new GitServer(options);
    await new Promise<void>((resolve, reject) => {
      git.server.once('error', reject);
      git.server.listen(HTTPS, address, resolve);
    });
    return git;
  }

  private readonly server: Server;

  private constructor({ directory, tls, account }: GitServerOptions) {
    const authorization = `Basic ${Buffer.from(account).toString('base64')}`;
    this.server = createServer(tls, (request, response) => {
      if (request.headers.authorization === authorization) {
        answer(directory, request, response);
      } else {
        response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
      }
    });
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** What Git itself answers, by the rules of CGI. */
function answer(directory: string, request: IncomingMessage, response: ServerResponse): void {
  const { pathname, search } = new URL(request.url ?? '/', 'https://git');
  const { headers } = request;
  const backend = spawn('git', ['http-backend'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: {
      ...process.env,
      GIT_PROJECT_ROOT: directory,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: [headers['git-protocol'] ?? ''].flat().join(':'),
      REQUEST_METHOD: request.method,
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      CONTENT_TYPE: headers['content-type'] ?? '',
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    },
  });
  // A client that has gone away takes nothing more, and Git nothing more from it.
  backend.stdin.on('error', () => undefined);
  request.pipe(backend.stdin);
  const chunks: Buffer[] = [];
  backend.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  backend.on('close', () => {
    const output = Buffer.concat(chunks);
    const end = output.indexOf('\r\n\r\n');
    const fields = output
      .subarray(0, Math.max(end, 0))
      .toString()
      .split('\r\n')
      .map((line) => line.split(': ') as [string, string]);
    const status = Number.parseInt(fields.find(([name]) => name === 'Status')?.[1] ?? '', 10);
    response.writeHead(end < 0 ? 500 : status || 200, Object.fromEntries(fields.filter(([name]) => name !== 'Status')));
    response.end(output.subarray(end + 4));
  });
}
