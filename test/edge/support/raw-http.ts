import { connect as connectPlain, type Socket } from 'node:net';
import { performance } from 'node:perf_hooks';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { sleep } from '../../support/loopback';

/** One request, as it goes over the wire: the path is sent as it stands. */
export interface RawRequest {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** Sends the body in chunks, without telling its length first. */
  readonly chunked?: boolean;
  /**
   * The address of the client.
   * @default '127.0.0.2'
   */
  readonly from?: string;
}

/** Where a request goes. */
export interface Target {
  readonly address: string;
  readonly port: number;
  readonly host: string;
  /** For TLS; plain HTTP without it. */
  readonly tls?: ConnectionOptions;
}

export interface RawAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** From the connection to the end of the answer. */
  readonly seconds: number;
}

/** Sends one request on a connection of its own, and reads the answer to its end. */
export async function send(target: Target, request: RawRequest = {}): Promise<RawAnswer> {
  const begin = performance.now();
  const answer = await exchange(target, request);
  return { ...parse(answer.toString('latin1')), seconds: (performance.now() - begin) / 1000 };
}

function exchange(target: Target, request: RawRequest): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = open(target, request.from ?? '127.0.0.2');
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A server that refuses a body may close before it has read all of it; its answer still counts.
    socket.on('error', (error) => {
      if (chunks.length === 0) {
        reject(error);
      }
    });
    socket.on('close', () => {
      resolve(Buffer.concat(chunks));
    });
    socket.once(target.tls === undefined ? 'connect' : 'secureConnect', () => {
      socket.write(head(target.host, request));
      void writeBody(socket, request, () => chunks.length > 0);
    });
  });
}

function open({ address, port, host, tls }: Target, localAddress: string): Socket {
  const where = { host: address, port, localAddress };
  return tls === undefined ? connectPlain(where) : connectTls({ ...where, servername: host, ...tls });
}

function head(host: string, { method = 'GET', path = '/v1/models', headers = {}, body, chunked }: RawRequest): string {
  const length = body === undefined ? {} : { 'Content-Length': `${Buffer.byteLength(body)}` };
  const fields = {
    Host: host,
    Connection: 'close',
    ...(chunked === true ? { 'Transfer-Encoding': 'chunked' } : length),
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

const PIECE = 64 * 1024;
const LOOK_MILLIS = 100;

/** Writes the body piece by piece: a server that has answered reads no more, and a client that writes on may lose the answer. */
async function writeBody(socket: Socket, { body, chunked }: RawRequest, answered: () => boolean): Promise<void> {
  if (body === undefined) {
    return;
  }
  const whole = Buffer.from(body);
  const write = (piece: Buffer | string): Promise<void> =>
    new Promise((resolve) => {
      socket.write(piece, () => setImmediate(resolve));
    });
  if (chunked === true) {
    await write(`${whole.length.toString(16)}\r\n`);
  }
  if (whole.length > PIECE) {
    // A server may refuse by the announced length alone, and close at once.
    await sleep(LOOK_MILLIS);
  }
  for (let at = 0; at < whole.length && !answered(); at += PIECE) {
    await write(whole.subarray(at, at + PIECE));
  }
  if (chunked === true && !answered()) {
    await write('\r\n0\r\n\r\n');
  }
}

function parse(text: string): Omit<RawAnswer, 'seconds'> {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...fields] = text.slice(0, end).split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1];
  if (end === -1 || status === undefined) {
    throw new Error(`no HTTP answer: ${JSON.stringify(text.slice(0, 200))}`);
  }
  const headers = Object.fromEntries(
    fields.map((field) => {
      const colon = field.indexOf(':');
      return [field.slice(0, colon).toLowerCase(), field.slice(colon + 1).trim()];
    }),
  );
  return { status: Number(status), headers, body: text.slice(end + 4) };
}
