import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { freePorts, LOOPBACK } from '../../support/loopback';
import { type ServingOptions, ServingProcess } from '../../support/serving-process';
import { ApiClient } from './api-client';
import { customResourceDefinitions, installDefinitions } from './definitions';
import { Kubernetes } from './kubernetes';
import { type Component, executable } from './tools';

export interface ControlPlaneOptions {
  /** @default Kubernetes.NEWEST */
  readonly kubernetes?: Kubernetes;
  /** @default false */
  readonly controllerManager?: boolean;
}

/** A port may be taken between finding it and binding it. */
const START_ATTEMPTS = 3;
const START_SECONDS = 120;

/** An etcd and an API server of its own, on loopback, with the custom resources of every controller and operator. */
export class ControlPlane {
  public static async start(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
    for (let attempt = 1; ; attempt += 1) {
      const plane = new ControlPlane();
      try {
        await plane.startAll(options);
        return plane;
      } catch (error) {
        await plane.stop();
        if (attempt === START_ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  private readonly directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-cluster-'));
  private readonly processes: ServingProcess[] = [];
  private manager: ServingProcess | undefined;
  private client: ApiClient | undefined;
  private given: Readonly<Record<string, string>> = {};

  /** The API, as its administrator. */
  public get api(): ApiClient {
    if (this.client === undefined) {
      throw new Error('the API server has not started');
    }
    return this.client;
  }

  /** The controllers of Kubernetes; only where they were asked for. */
  public get controllerManager(): ServingProcess {
    if (this.manager === undefined) {
      throw new Error('the controller manager has not started');
    }
    return this.manager;
  }

  /** The path of a configuration for programs that use the API. */
  public get kubeconfig(): string {
    return join(this.directory, 'kubeconfig');
  }

  /** The same in parts: `endpoint`, `token` and `certAuthFilePath`. */
  public get access(): Readonly<Record<string, string>> {
    return this.given;
  }

  /** Starts one more component of this cluster, which ends with it. */
  public run(
    component: Component,
    args: readonly string[],
    ports: readonly number[],
    options: ServingOptions = {},
  ): Promise<ServingProcess> {
    return this.start(executable(component), args, ports, options);
  }

  /** Starts any program. */
  public async start(
    command: string,
    args: readonly string[],
    ports: readonly number[],
    options: ServingOptions = {},
  ): Promise<ServingProcess> {
    const process = await ServingProcess.start(command, args, ports, { startSeconds: START_SECONDS, ...options });
    this.processes.push(process);
    return process;
  }

  public path(name: string): string {
    return join(this.directory, name);
  }

  public write(name: string, content: string): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  /** Ends everything, the last one first; the API server and etcd hold nothing that has to be saved. */
  public async stop(): Promise<void> {
    this.client?.close();
    for (const process of this.processes.splice(0).reverse()) {
      await process.kill();
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async startAll({
    kubernetes = Kubernetes.NEWEST,
    controllerManager = false,
  }: ControlPlaneOptions): Promise<void> {
    const [etcdClients = 0, etcdPeers = 0, secure = 0, metrics = 0] = await freePorts(4);
    await this.startEtcd(etcdClients, etcdPeers);
    await this.startApiServer(kubernetes.apiServer, etcdClients, secure);
    await installDefinitions(this.api, kubernetes.definitionsOf(customResourceDefinitions()));
    if (controllerManager) {
      await this.startControllerManager(kubernetes.controllerManager, metrics);
    }
  }

  private async startEtcd(clients: number, peers: number): Promise<void> {
    const [clientUrl, peerUrl] = [clients, peers].map((port) => `http://${LOOPBACK}:${port}`);
    await this.run(
      'etcd',
      [
        ...['--name', 'test', '--data-dir', this.path('etcd'), '--unsafe-no-fsync'],
        ...['--listen-client-urls', `${clientUrl}`, '--advertise-client-urls', `${clientUrl}`],
        ...['--listen-peer-urls', `${peerUrl}`, '--initial-advertise-peer-urls', `${peerUrl}`],
        ...['--initial-cluster', `test=${peerUrl}`, '--log-level', 'error'],
      ],
      [clients],
    );
  }

  private async startApiServer(component: Component, etcd: number, port: number): Promise<void> {
    const token = randomUUID();
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
    let ca = '';
    await this.run(
      component,
      [
        ...['--etcd-servers', `http://${LOOPBACK}:${etcd}`],
        ...['--bind-address', LOOPBACK, '--advertise-address', LOOPBACK, '--secure-port', `${port}`],
        ...['--cert-dir', this.path('certificates')],
        ...['--token-auth-file', this.write('tokens.csv', `${token},admin,admin,system:masters\n`)],
        ...['--authorization-mode', 'RBAC', '--endpoint-reconciler-type', 'none'],
        '--allow-privileged=true',
        ...['--service-account-issuer', 'https://kubernetes.default.svc'],
        ...['--service-account-signing-key-file', this.write('service-account.key', privateKey)],
        ...['--service-account-key-file', this.write('service-account.pub', publicKey)],
        ...['--service-cluster-ip-range', '10.96.0.0/16'],
      ],
      [port],
      {
        ready: async () => {
          ca = readFileSync(this.path('certificates/apiserver.crt'), 'utf8');
          this.client?.close();
          this.client = new ApiClient({ port, ca, token });
          return (await this.client.send('GET', '/readyz').catch(() => undefined))?.status === 200;
        },
      },
    );
    this.given = {
      endpoint: `https://${LOOPBACK}:${port}`,
      token,
      certAuthFilePath: this.path('certificates/apiserver.crt'),
    };
    this.write(
      'kubeconfig',
      JSON.stringify({
        apiVersion: 'v1',
        kind: 'Config',
        clusters: [
          {
            name: 'test',
            cluster: {
              server: this.given['endpoint'],
              'certificate-authority-data': Buffer.from(ca).toString('base64'),
            },
          },
        ],
        users: [{ name: 'admin', user: { token } }],
        contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
        'current-context': 'test',
      }),
    );
  }

  private async startControllerManager(component: Component, port: number): Promise<void> {
    this.manager = await this.run(
      component,
      [
        ...['--kubeconfig', this.kubeconfig, '--bind-address', LOOPBACK, '--secure-port', `${port}`],
        ...['--cert-dir', this.path('controller-manager'), '--leader-elect=false'],
        ...['--service-account-private-key-file', this.path('service-account.key')],
        '--use-service-account-credentials=false',
      ],
      [port],
    );
  }
}

/** A control plane for the tests around the call: started before them, stopped after them. */
export function useControlPlane(options: ControlPlaneOptions = {}): () => ControlPlane {
  let plane: ControlPlane | undefined;
  beforeAll(async () => {
    plane = await ControlPlane.start(options);
  });
  afterAll(async () => {
    await plane?.stop();
  });
  return () => {
    if (plane === undefined) {
      throw new Error('the control plane has not started');
    }
    return plane;
  };
}
