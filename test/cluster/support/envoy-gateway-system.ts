import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { COMPONENTS, TOOLS } from '../../../scripts/cluster/tools';
import { freePorts, LOOPBACK } from '../../support/loopback';
import type { Manifest } from '../../support/manifests';
import type { ServingProcess } from '../../support/serving-process';
import type { LiveObject } from './api-client';
import { containerOf, runContainer } from './container';
import type { ControlPlane } from './control-plane';
import { customResourceDefinitions, installDefinitions } from './definitions';
import { eventually } from './eventually';
import { addHost } from './forwarder';
import { executable } from './tools';

/** Where Envoy Gateway and what it makes are. */
export const SYSTEM = 'envoy-gateway-system';
/** Ports that Envoy Gateway and the rate limit service do not let anybody choose: there is one of them at a time. */
const XDS_PORTS = [18000, 18001];
const RATE_LIMIT_PORT = 8081;

/** Envoy Gateway with what the platform team sets up for it: certificates, a class, Redis and the rate limit service. */
export class EnvoyGatewaySystem {
  public static async start(plane: ControlPlane): Promise<EnvoyGatewaySystem> {
    await installDefinitions(plane.api, definitionsOfItsOwn());
    await applyItsChart(plane);
    // The names of its Services, which its programs call each other by; Envoy looks for one of them with its last dot.
    const names = ['envoy-gateway', 'envoy-ratelimit', 'redis'].map(qualified);
    for (const name of ['envoy-gateway', ...names, ...names.map((qualifiedName) => `${qualifiedName}.`)]) {
      addHost(LOOPBACK, name);
    }
    const [redis = 0, admin = 0, http = 0, debug = 0] = await freePorts(4);
    const redisServer = await startRedis(plane, redis);
    const controller = await startController(plane, admin, redis);
    await plane.api.apply({
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'GatewayClass',
      metadata: { name: 'envoy-gateway' },
      spec: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
    });
    const rateLimit = await startRateLimit(plane, http, debug);
    return new EnvoyGatewaySystem(plane, controller, redisServer, rateLimit, debug);
  }

  private constructor(
    public readonly plane: ControlPlane,
    public readonly controller: ServingProcess,
    public readonly redis: ServingProcess,
    public readonly rateLimit: ServingProcess,
    private readonly debugPort: number,
  ) {}

  /** What the rate limit service counts, as it says itself; nothing while it is away. */
  public async rateLimits(): Promise<string> {
    const answer = await fetch(`http://${LOOPBACK}:${this.debugPort}/rlconfig`).catch(() => undefined);
    return (await answer?.text()) ?? '';
  }
}

/** Envoy Gateway for the tests around the call. */
export function useEnvoyGateway(plane: () => ControlPlane): () => EnvoyGatewaySystem {
  let system: EnvoyGatewaySystem | undefined;
  beforeAll(async () => {
    system = await EnvoyGatewaySystem.start(plane());
  });
  return () => {
    if (system === undefined) {
      throw new Error('Envoy Gateway has not started');
    }
    return system;
  };
}

function qualified(service: string): string {
  return `${service}.${SYSTEM}.svc.cluster.local`;
}

/** Those of its chart, without those that are there already. */
function definitionsOfItsOwn(): Manifest[] {
  const there = new Set(customResourceDefinitions().map(({ metadata }) => metadata.name));
  const directory = COMPONENTS.keptOf(TOOLS['envoy-gateway'], 'charts/gateway-helm/charts/crds/crds');
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(directory, file), 'utf8')))
    .flatMap((document) => (document.toJS() as Manifest | null) ?? [])
    .filter(({ kind, metadata }) => kind === 'CustomResourceDefinition' && !there.has(metadata.name));
}

/** What it looks for in its own namespace: whose objects those are that it makes, and the certificates of its programs. */
async function applyItsChart(plane: ControlPlane): Promise<void> {
  const metadata = { name: 'envoy-gateway', namespace: SYSTEM };
  const labels = { 'control-plane': 'envoy-gateway' };
  const objects: Manifest[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: SYSTEM } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: 'v1', kind: 'Service', metadata, spec: { selector: labels, ports: [{ port: 18000 }] } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata,
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'envoy-gateway',
                image: 'registry.example.com/envoy-gateway:1',
                volumeMounts: [{ name: 'certs', mountPath: '/certs' }],
              },
            ],
            volumes: [{ name: 'certs', secret: { secretName: 'envoy-gateway' } }],
          },
        },
      },
    },
  ];
  for (const object of objects) {
    await plane.api.apply(object);
  }
  execFileSync(executable('envoy-gateway'), ['certgen', '--disable-topology-injector'], {
    env: { ...process.env, KUBECONFIG: plane.kubeconfig },
    stdio: 'pipe',
  });
}

function startRedis(plane: ControlPlane, port: number): Promise<ServingProcess> {
  return plane.run(
    'redis-server',
    ['--bind', LOOPBACK, '--port', `${port}`, '--save', '', '--appendonly', 'no', '--dir', plane.path('')],
    [port],
  );
}

async function startController(plane: ControlPlane, admin: number, redis: number): Promise<ServingProcess> {
  const configuration = plane.write(
    'envoy-gateway.yaml',
    JSON.stringify({
      apiVersion: 'gateway.envoyproxy.io/v1alpha1',
      kind: 'EnvoyGateway',
      gateway: { controllerName: 'gateway.envoyproxy.io/gatewayclass-controller' },
      provider: {
        type: 'Kubernetes',
        kubernetes: { leaderElection: { disable: true }, proxyTopologyInjector: { disabled: true } },
      },
      admin: { address: { host: LOOPBACK, port: admin } },
      // The port of its metrics is that of Envoy's and of the rate limit service's.
      telemetry: { metrics: { prometheus: { disable: true } } },
      rateLimit: {
        backend: { type: 'Redis', redis: { url: `${qualified('redis')}:${redis}` } },
        failClosed: true,
        // By default Envoy waits for 20 ms, and answers 500 after them: too short for a machine that does other work.
        timeout: '5s',
        telemetry: { metrics: { prometheus: { disable: true } } },
      },
    }),
  );
  const container = await containerOf(plane, await deploymentOf(plane, 'envoy-gateway'), 'envoy-gateway');
  return runContainer(
    plane,
    'envoy-gateway',
    {
      ...container,
      args: ['server', '--config-path', configuration],
      environment: { KUBECONFIG: plane.kubeconfig },
    },
    XDS_PORTS,
  );
}

async function startRateLimit(plane: ControlPlane, http: number, debug: number): Promise<ServingProcess> {
  const deployment = await deploymentOf(plane, 'envoy-ratelimit');
  const container = await containerOf(plane, deployment, 'envoy-ratelimit');
  // In the place of the controller that would see the pod: Envoy Gateway tells Envoy where the pods of this Service are.
  await plane.api.apply({
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'envoy-ratelimit-1',
      namespace: SYSTEM,
      labels: { 'kubernetes.io/service-name': 'envoy-ratelimit' },
    },
    addressType: 'IPv4',
    endpoints: [{ addresses: ['10.244.0.1'], conditions: { ready: true } }],
    ports: [{ name: 'http', port: RATE_LIMIT_PORT, protocol: 'TCP' }],
  });
  const environment = { ...container.environment, PORT: `${http}`, DEBUG_PORT: `${debug}` };
  return runContainer(plane, 'ratelimit', { ...container, environment }, [RATE_LIMIT_PORT, debug]);
}

function deploymentOf({ api }: ControlPlane, name: string): Promise<LiveObject> {
  return eventually(`the Deployment ${name}`, () =>
    api.get({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name, namespace: SYSTEM } }),
  );
}
