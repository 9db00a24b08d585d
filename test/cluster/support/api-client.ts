import { Agent, request } from 'node:https';
import type { Manifest } from '../../support/manifests';

/** Where an API server is, and who asks. */
export interface ApiAddress {
  readonly port: number;
  readonly ca: string;
  readonly token: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
  /** The texts of the headers `Warning`. */
  readonly warnings: readonly string[];
}

/** An object as the API server keeps it. */
export type LiveObject = Manifest & {
  readonly metadata: Manifest['metadata'] & { readonly resourceVersion: string; readonly uid: string };
};

export interface ApplyOptions {
  readonly dryRun?: boolean;
  /** For objects that are not ours. */
  readonly acceptWarnings?: boolean;
  /** @default 'cdk8s-nim-test' */
  readonly manager?: string;
}

interface ApiResource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** A small client of the Kubernetes API, which takes a warning for an error. */
export class ApiClient {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 8 });
  private readonly discovered = new Map<string, Promise<readonly ApiResource[]>>();

  public constructor(private readonly address: ApiAddress) {}

  public close(): void {
    this.agent.destroy();
  }

  /** Server-side apply with strict validation: no unknown field, no warning. */
  public async apply(object: Manifest, options: ApplyOptions = {}): Promise<LiveObject> {
    const query = new URLSearchParams({
      fieldManager: options.manager ?? 'cdk8s-nim-test',
      fieldValidation: 'Strict',
      force: 'true',
      ...(options.dryRun === true ? { dryRun: 'All' } : {}),
    });
    const path = `${await this.pathOf(object)}?${query.toString()}`;
    const answer = await this.send('PATCH', path, object, 'application/apply-patch+yaml');
    return accepted(object, options.acceptWarnings === true ? { ...answer, warnings: [] } : answer);
  }

  /** Creates an object of the plain API, strictly. */
  public async create(object: Manifest, options: { readonly dryRun?: boolean } = {}): Promise<LiveObject> {
    const path = await this.pathOf(object);
    const collection = path.slice(0, path.lastIndexOf('/'));
    const query = `fieldValidation=Strict${options.dryRun === true ? '&dryRun=All' : ''}`;
    return accepted(object, await this.send('POST', `${collection}?${query}`, object));
  }

  /** A merge patch of an object, or of its part `status`. */
  public async patch(object: Manifest, patch: object, subresource?: 'status'): Promise<LiveObject> {
    const path = await this.pathOf(object);
    const target = subresource === undefined ? path : `${path}/${subresource}`;
    return accepted(object, await this.send('PATCH', target, patch, 'application/merge-patch+json'));
  }

  /** The live object; `undefined` when there is none. */
  public async get(object: Reference): Promise<LiveObject | undefined> {
    const answer = await this.send('GET', await this.pathOf(object));
    return answer.status === 404 ? undefined : accepted(object, answer);
  }

  public async list(apiVersion: string, kind: string, namespace?: string): Promise<LiveObject[]> {
    const path = await this.pathOf({ apiVersion, kind, metadata: { name: '', ...(namespace && { namespace }) } });
    const { status, body } = await this.send('GET', path.slice(0, -1));
    if (status !== 200) {
      throw new Error(`${kind} list: ${status} ${JSON.stringify(body)}`);
    }
    return (body as { items: LiveObject[] }).items;
  }

  public async delete(object: Reference, propagationPolicy = 'Background'): Promise<void> {
    const { status, body } = await this.send('DELETE', await this.pathOf(object), { propagationPolicy });
    if (status >= 300 && status !== 404) {
      throw new Error(`${nameOf(object)}: ${status} ${messageIn(body)}`);
    }
  }

  /** One request; any answer is an answer. */
  public send(method: string, path: string, body?: object, contentType = 'application/json'): Promise<ApiAnswer> {
    const { port, ca, token } = this.address;
    const text = body === undefined ? '' : asciiJson(body);
    return new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          ca,
          agent: this.agent,
          headers: {
            Authorization: `Bearer ${token}`,
            Accept: 'application/json',
            // Node gives no length to the body of a DELETE.
            ...(text === '' ? {} : { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(text) }),
          },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            resolve({
              status: answer.statusCode ?? 0,
              body: parse(Buffer.concat(chunks).toString('utf8')),
              warnings: [answer.headers['warning'] ?? []].flat(),
            });
          });
        },
      );
      outgoing.on('error', (error: NodeJS.ErrnoException) => {
        if (outgoing.reusedSocket && error.code === 'ECONNRESET') {
          // The server has closed a connection that nobody had used for long, just before this request came.
          resolve(this.send(method, path, body, contentType));
        } else {
          reject(error);
        }
      });
      outgoing.end(text);
    });
  }

  /** Whether the API server has this kind. */
  public async serves(apiVersion: string, kind: string): Promise<boolean> {
    return (await this.resources(apiVersion)).some((resource) => resource.kind === kind);
  }

  /** Asks anew which kinds there are. */
  public forgetKinds(): void {
    this.discovered.clear();
  }

  private async pathOf({ apiVersion, kind, metadata }: Reference): Promise<string> {
    const resource = (await this.resources(apiVersion)).find((candidate) => candidate.kind === kind);
    if (resource === undefined) {
      throw new Error(`the API server has no ${kind} of ${apiVersion}`);
    }
    const place = resource.namespaced ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
    return `${groupPath(apiVersion)}${place}/${resource.name}/${metadata.name}`;
  }

  private resources(apiVersion: string): Promise<readonly ApiResource[]> {
    const known = this.discovered.get(apiVersion);
    if (known !== undefined) {
      return known;
    }
    const asked = this.send('GET', groupPath(apiVersion)).then(({ status, body }) =>
      status === 200 ? (body as { resources: ApiResource[] }).resources.filter(({ name }) => !name.includes('/')) : [],
    );
    this.discovered.set(apiVersion, asked);
    return asked;
  }
}

/** What is needed to find an object. */
export type Reference = Pick<Manifest, 'apiVersion' | 'kind'> & {
  readonly metadata: { readonly name: string; readonly namespace?: string };
};

/** An answer of the API server that is a refusal, or comes with a warning. */
export class ApiError extends Error {
  public constructor(
    object: Reference,
    public readonly answer: ApiAnswer,
  ) {
    super(`${nameOf(object)}: ${[answer.status, messageIn(answer.body), ...answer.warnings].join(' ').trim()}`);
  }
}

function accepted(object: Reference, answer: ApiAnswer): LiveObject {
  if (answer.status >= 300 || answer.warnings.length > 0) {
    throw new ApiError(object, answer);
  }
  return answer.body as LiveObject;
}

function groupPath(apiVersion: string): string {
  return apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
}

function nameOf({ kind, metadata }: Reference): string {
  return `${kind} ${metadata.name}`;
}

function messageIn(body: unknown): string {
  const message = (body as { message?: unknown } | undefined)?.message;
  return typeof message === 'string' ? message : '';
}

/** JSON that is YAML too, as the API server reads what it applies: YAML takes control characters only when they are escaped. */
function asciiJson(value: object): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
