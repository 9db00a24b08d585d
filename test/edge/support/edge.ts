import { type Chart, Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  EmbeddingModel,
  IngressAuthentication,
  IngressTls,
  RateLimit,
  RestrictedService,
  SecureIngress,
  type SecureIngressProps,
} from 'cdk8s-nim';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Manifest, render, testChart } from '../../support/manifests';
import { nimDeployment } from '../../support/nims';
import { type CertificateFiles, TestAuthority } from './certificates';
import { Cluster, type ClusterProps } from './cluster';
import type { DataPlane, Serving } from './data-planes';
import { freePorts, LOOPBACK } from '../../support/loopback';
import { NimStub } from './nim-stub';
import { type RawAnswer, type RawRequest, send, type Target } from './raw-http';

export const HOST = 'embeddings.example.com';
/** The NIM's own limit, scaled down from minutes. */
export const NIM_TIMEOUT_SECONDS = 2;
/** A port may be taken between finding it and binding it. */
const START_ATTEMPTS = 3;

/** What a test may choose. */
export interface EdgeOptions extends Pick<Partial<ClusterProps>, 'services' | 'secrets' | 'ipv6'> {
  readonly ingress?: (chart: Chart) => Partial<SecureIngressProps>;
  /** Everything that is rendered, in place of one SecureIngress. */
  readonly objects?: readonly Manifest[];
  /**
   * What the NIM shows to who calls it.
   * @default - it speaks plain HTTP
   */
  readonly nimCertificate?: CertificateFiles;
}

/** A real data plane with the rendering of a SecureIngress, in front of a stub of the NIM. */
export class Edge {
  public static async start(plane: DataPlane, options: EdgeOptions = {}): Promise<Edge> {
    const objects = options.objects ?? renderIngress(plane, options.ingress);
    const nim = await NimStub.start(options.nimCertificate);
    const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-edge-'));
    mkdirSync(join(directory, 'empty'));
    const authority = new TestAuthority(directory, 'authority');
    const certificate = authority.issue(HOST);
    for (let attempt = 1; ; attempt += 1) {
      const [http = 0, https = 0, control = 0, peers = 0] = await freePorts(4);
      const ports = { http, https, control, peers };
      const { services = {}, secrets = {}, ipv6 = false } = options;
      const cluster = new Cluster({ directory, ports, backend: nim.endpoint, services, secrets, certificate, ipv6 });
      try {
        const serving = await plane.serve(objects, cluster);
        return new Edge(serving, nim, objects, ports, authority, directory);
      } catch (error) {
        if (attempt === START_ATTEMPTS) {
          await nim.stop();
          rmSync(directory, { recursive: true, force: true });
          throw error;
        }
      }
    }
  }

  private constructor(
    private readonly serving: Serving,
    public readonly nim: NimStub,
    /** The rendered objects that the data plane was configured from. */
    public readonly objects: readonly Manifest[],
    public readonly ports: ClusterProps['ports'],
    private readonly authority: TestAuthority,
    private readonly directory: string,
  ) {}

  /** Sends a request by HTTPS, and trusts the certificate of the rendered Secret only. */
  public async https(request: RawRequest = {}, target: Partial<Target> = {}): Promise<RawAnswer> {
    const tls = { ca: this.authority.certificate, ...target.tls };
    return send({ address: LOOPBACK, port: this.ports.https, host: HOST, ...target, tls }, request);
  }

  /** Sends a request by plain HTTP. */
  public async http(request: RawRequest = {}): Promise<RawAnswer> {
    return send({ address: LOOPBACK, port: this.ports.http, host: HOST }, request);
  }

  public async stop(): Promise<void> {
    try {
      await this.serving.stop();
    } finally {
      await this.nim.stop();
      rmSync(this.directory, { recursive: true, force: true });
    }
  }
}

/** An edge for the tests around the call: started before them, stopped after them. Options may depend on earlier hooks. */
export function useEdge(plane: DataPlane, options: EdgeOptions | (() => EdgeOptions) = {}): () => Edge {
  let edge: Edge | undefined;
  beforeAll(async () => {
    edge = await Edge.start(plane, typeof options === 'function' ? options() : options);
  });
  afterAll(async () => {
    await edge?.stop();
  });
  return () => {
    if (edge === undefined) {
      throw new Error('the edge has not started');
    }
    return edge;
  };
}

/** The library's own objects for one ingress. */
export function renderIngress(plane: DataPlane, options: EdgeOptions['ingress'] = () => ({})): Manifest[] {
  const chart = testChart();
  addIngress(chart, plane, 'text-embedding', options(chart));
  return render(chart);
}

/** An ingress with limits that no test meets by accident, and what the test chooses. */
export function addIngress(
  chart: Chart,
  plane: DataPlane,
  name: string,
  options: Partial<SecureIngressProps>,
): SecureIngress {
  const service =
    options.service ??
    (chart.node.tryFindChild('service') as RestrictedService | undefined) ??
    new RestrictedService(chart, 'service', {
      name: 'text-embedding',
      pods: nimDeployment(
        { model: EmbeddingModel.NEMOTRON_3_EMBED_1B, requestTimeout: Duration.seconds(NIM_TIMEOUT_SECONDS) },
        chart,
      ),
    });
  return new SecureIngress(chart, `${name}-ingress`, {
    name,
    service,
    host: HOST,
    controller: plane.controller(),
    tls: plane.tls?.() ?? IngressTls.fromSecret(Secret.fromSecretName(chart, `${name}-certificate`, 'embeddings-tls')),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 1000, burst: 1000 }),
    authentication: IngressAuthentication.none('not what this test is about'),
    acceptUnenforced: plane.acceptUnenforced,
    ...options,
  });
}
