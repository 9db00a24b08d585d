import { IngressController, IngressTls, type EnvoyGatewayOptions } from 'cdk8s-nim';
import type { Cluster } from '../../edge/support/cluster';
import type { DataPlane, Serving } from '../../edge/support/data-planes';
import { send } from '../../edge/support/raw-http';
import { LOOPBACK } from '../../support/loopback';
import { at, type Manifest } from '../../support/manifests';
import type { ServingProcess } from '../../support/serving-process';
import type { LiveObject, Reference } from './api-client';
import { type Container, containerOf, type Mounts, runContainer } from './container';
import { GATEWAYS, gatewayManifest, gatewayOf, grants, LAST, lastRoute, limitsOf } from './envoy-gateway-objects';
import { type EnvoyGatewaySystem, SYSTEM } from './envoy-gateway-system';
import { eventually } from './eventually';
import { complaintsOf } from './logs';
import { applyAll, prepareFor } from './namespaces';
import { Surroundings } from './surroundings';

/** Ports that Envoy has on every machine: administration, metrics and readiness. */
const ADMIN_PORT = 19000;
const READY_PORT = 19003;

export interface EnvoyOptions extends Partial<Omit<EnvoyGatewayOptions, 'gateway'>> {
  /** More files of Envoy. */
  readonly mounts?: Mounts;
  /** Names of Secrets that belong to the listener. */
  readonly listenerSecrets?: readonly string[];
}

let gateways = 0;

/** The data plane of Envoy Gateway, and the Envoy that serves at the moment. */
export interface EnvoyPlane extends DataPlane {
  readonly serving: () => EnvoyGatewayServing;
}

/** The real Envoy Gateway, which reads the objects from a real API server, and Envoy, which it configures. One front door at a time. */
export function envoyGateway(system: () => EnvoyGatewaySystem, options: EnvoyOptions = {}): EnvoyPlane {
  const { mounts = {}, listenerSecrets = [], ...controllerOptions } = options;
  let serving: EnvoyGatewayServing | undefined;
  return {
    name: 'Envoy Gateway',
    // A Gateway of its own for every front door, so that none meets what is counted for another one.
    controller: () =>
      IngressController.envoyGateway({
        ...controllerOptions,
        gateway: { name: `public-${(gateways += 1)}`, namespace: GATEWAYS },
      }),
    acceptUnenforced: [],
    tls: () => IngressTls.fromGatewayListener(),
    serve: async (objects, cluster) => {
      serving = await EnvoyGatewayServing.start(system(), objects, cluster, mounts, listenerSecrets);
      return serving;
    },
    serving: () => {
      if (serving === undefined) {
        throw new Error('Envoy has not started');
      }
      return serving;
    },
  };
}

/** The Envoy of a front door. */
export class EnvoyGatewayServing implements Serving {
  public static async start(
    system: EnvoyGatewaySystem,
    objects: readonly Manifest[],
    cluster: Cluster,
    mounts: Mounts,
    listenerSecrets: readonly string[],
  ): Promise<EnvoyGatewayServing> {
    const serving = new EnvoyGatewayServing(system, cluster, mounts);
    try {
      await serving.startAll(objects, listenerSecrets);
      return serving;
    } catch (error) {
      await serving.end();
      throw error;
    }
  }

  private readonly applied: Manifest[] = [];
  private readonly around = new Surroundings();
  private process: ServingProcess | undefined;
  private container: Container | undefined;
  /** How much Envoy Gateway had said before it saw the objects. */
  private readonly before: number;

  private constructor(
    private readonly system: EnvoyGatewaySystem,
    private readonly cluster: Cluster,
    private readonly mounts: Mounts,
  ) {
    this.before = system.controller.output.length;
  }

  /** Ends it, and fails when Envoy Gateway or Envoy complained. */
  public async stop(): Promise<void> {
    const complaints = [...this.complaintsOfController(), ...complaintsOfEnvoy(this.process?.output ?? '')];
    await this.end();
    if (complaints.length > 0) {
      throw new Error(`Envoy Gateway or Envoy complains:\n${complaints.join('\n')}`);
    }
  }

  /** Starts Envoy anew, as a pod that takes the place of another one. */
  public async restart(): Promise<void> {
    await this.process?.kill();
    await this.startEnvoy();
  }

  private complaintsOfController(): string[] {
    return complaintsOf('envoy-gateway', this.system.controller.output.slice(this.before));
  }

  private async end(): Promise<void> {
    await this.process?.kill();
    await this.around.stop();
    await Promise.all(this.applied.splice(0).map((object) => this.system.plane.api.delete(object)));
    await eventually('that nothing is counted any more', async () =>
      (await this.system.rateLimits()).includes('requests_per_unit') ? undefined : true,
    );
  }

  private async startAll(objects: readonly Manifest[], listenerSecrets: readonly string[]): Promise<void> {
    const { api } = this.system.plane;
    const surroundings = await this.around.start(objects, this.cluster);
    const gateway = gatewayOf(objects);
    const ofListener = surroundings.filter(
      ({ kind, metadata: { name } }) => kind === 'Secret' && ['embeddings-tls', ...listenerSecrets].includes(name),
    );
    const all = [
      ...surroundings,
      ...ofListener.map((object) => ({ ...object, metadata: { name: object.metadata.name, namespace: GATEWAYS } })),
      gatewayManifest(gateway, this.cluster.props.ports),
      ...grants(surroundings, objects),
      ...objects.filter(({ kind }) => kind !== 'Certificate'),
    ];
    await prepareFor(api, all);
    // What the routes refer to comes first, so that they are never seen without it.
    const isRoute = ({ kind }: Manifest): boolean => kind === 'HTTPRoute';
    await this.apply(all.filter((object) => !isRoute(object)));
    await this.apply(all.filter(isRoute));
    for (const object of objects) {
      await this.accepted(object);
    }
    // Envoy Gateway hands on one state after the other: who has this route, has all that was accepted before.
    const last = lastRoute(gateway);
    await this.apply([last]);
    await this.accepted(last);
    const deployment = await eventually('the Deployment of Envoy', () => this.deployment(gateway));
    const container = await containerOf(this.system.plane, deployment, 'envoy');
    this.container = {
      ...container,
      // Another Envoy of this machine may have the shared memory for it.
      args: [...container.args, '--disable-hot-restart'],
      mounts: { ...container.mounts, ...this.mounts },
    };
    const limits = limitsOf(objects);
    await eventually(`${limits.join()} at the rate limit service`, async () => {
      const counted = await this.system.rateLimits();
      return limits.every((limit) => counted.includes(limit)) ? true : undefined;
    });
    await this.startEnvoy();
  }

  private async startEnvoy(): Promise<void> {
    const { http, https } = this.cluster.props.ports;
    if (this.container === undefined) {
      throw new Error('no container of Envoy');
    }
    this.process = await runContainer(this.system.plane, 'envoy', this.container, [
      ADMIN_PORT,
      READY_PORT,
      http,
      https,
    ]);
    await eventually('the last state at Envoy', async () => {
      const answer = await send({ address: LOOPBACK, port: http, host: LAST }, { path: '/' }).catch(() => undefined);
      return answer?.status === 302 && !(await this.isWarming()) ? true : undefined;
    });
  }

  /** Whether Envoy still has listeners that wait for something, and serves their earlier form. */
  private async isWarming(): Promise<boolean> {
    const dump = await fetch(`http://${LOOPBACK}:${ADMIN_PORT}/config_dump?resource=dynamic_listeners`);
    return /"(warming_state|draining_state|error_state)"/.test(await dump.text());
  }

  private async apply(objects: readonly Manifest[]): Promise<void> {
    this.applied.push(...objects);
    await applyAll(this.system.plane.api, objects);
  }

  private async deployment(gateway: string): Promise<LiveObject | undefined> {
    const all = await this.system.plane.api.list('apps/v1', 'Deployment', SYSTEM);
    return all.find(({ metadata }) => metadata.labels?.['gateway.envoyproxy.io/owning-gateway-name'] === gateway);
  }

  /** Waits until Envoy Gateway says of a route or policy that it has taken it, and all that it refers to. */
  private async accepted(object: Reference): Promise<void> {
    let status: unknown;
    await eventually(`that ${object.kind} ${object.metadata.name} is accepted`, async () => {
      const live = await this.system.plane.api.get(object);
      status = live?.['status'];
      const parts = [at(status, 'parents'), at(status, 'ancestors')].flat().filter((part) => part !== undefined);
      const conditions = parts.flatMap((part) => at(part, 'conditions') as Condition[]);
      const expected = { HTTPRoute: 2 }[object.kind] ?? 1;
      const isDone = conditions.length >= expected && conditions.every((condition) => condition.status === 'True');
      return isDone || !WITH_STATUS.includes(object.kind) ? true : undefined;
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${JSON.stringify(status)}\n${this.complaintsOfController().join('\n')}`);
    });
  }
}

interface Condition {
  readonly type: string;
  readonly status: string;
}

/** Kinds of the library of which Envoy Gateway says whether it has taken them. */
const WITH_STATUS = ['HTTPRoute', 'BackendTrafficPolicy', 'SecurityPolicy', 'ClientTrafficPolicy', 'BackendTLSPolicy'];

function complaintsOfEnvoy(output: string): string[] {
  return output.split('\n').filter((line) => /^\[[^\]]*\]\[\d+\]\[(warning|error|critical)\]/.test(line));
}
