import { IngressController } from 'cdk8s-nim';
import type { Cluster } from '../../edge/support/cluster';
import type { DataPlane, Serving } from '../../edge/support/data-planes';
import { freePorts, LOOPBACK } from '../../support/loopback';
import { at, type Manifest } from '../../support/manifests';
import { ServingProcess } from '../../support/serving-process';
import type { ApiClient } from './api-client';
import type { ControlPlane } from './control-plane';
import { installDefinitions } from './definitions';
import { eventually } from './eventually';
import { complaintsOf } from './logs';
import { applyAll, prepareFor } from './namespaces';
import { stubDefinition } from './stub-definition';
import { Surroundings } from './surroundings';
import { executable } from './tools';

/** Kinds that Traefik watches from its start, and of which the library renders none. */
const NOT_OURS = [
  'IngressRouteTCP',
  'IngressRouteUDP',
  'MiddlewareTCP',
  'ServersTransportTCP',
  'TLSStore',
  'TraefikService',
];

export async function installTraefikDefinitions(api: ApiClient): Promise<void> {
  await installDefinitions(
    api,
    NOT_OURS.map((kind) => stubDefinition('traefik.io', 'v1alpha1', kind)),
  );
  await api.apply({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'IngressClass',
    metadata: { name: 'traefik' },
    spec: { controller: 'traefik.io/ingress-controller' },
  });
}

/** The real Traefik, which reads the objects from a real API server. One front door at a time. */
export function traefik(plane: () => ControlPlane, options: readonly string[] = []): DataPlane {
  return {
    name: 'Traefik',
    controller: () => IngressController.traefik(),
    acceptUnenforced: [],
    serve: (objects, cluster) => TraefikServing.start(plane(), objects, cluster, options),
  };
}

class TraefikServing implements Serving {
  public static async start(
    plane: ControlPlane,
    objects: readonly Manifest[],
    cluster: Cluster,
    options: readonly string[],
  ): Promise<TraefikServing> {
    const serving = new TraefikServing(plane.api);
    try {
      await serving.startAll(plane, objects, cluster, options);
      return serving;
    } catch (error) {
      await serving.stop().catch(() => undefined);
      throw error;
    }
  }

  private readonly applied: Manifest[] = [];
  private readonly around = new Surroundings();
  private process: ServingProcess | undefined;

  private constructor(private readonly api: ApiClient) {}

  /** Ends it, and fails when the controller complained. */
  public async stop(): Promise<void> {
    const complaints = complaintsOf('traefik', this.process?.output ?? '');
    await this.process?.stop();
    await this.around.stop();
    await Promise.all(this.applied.splice(0).map((object) => this.api.delete(object)));
    if (complaints.length > 0) {
      throw new Error(`Traefik complains:\n${complaints.join('\n')}`);
    }
  }

  private async startAll(
    plane: ControlPlane,
    objects: readonly Manifest[],
    cluster: Cluster,
    options: readonly string[],
  ): Promise<void> {
    const surroundings = await this.around.start(objects, cluster);
    const [admin = 0] = await freePorts(1);
    const { http, https } = cluster.props.ports;
    this.process = await ServingProcess.start(
      executable('traefik'),
      [
        '--global.checkNewVersion=false',
        '--log.format=json',
        '--log.level=INFO',
        '--api.insecure=true',
        '--api.dashboard=false',
        `--entryPoints.traefik.address=${LOOPBACK}:${admin}`,
        `--entryPoints.web.address=:${http}`,
        `--entryPoints.websecure.address=:${https}`,
        '--entryPoints.websecure.http.tls=true',
        // As without the option, of whose absence it warns at some time after its start.
        ...['web', 'websecure'].map((name) => `--entryPoints.${name}.http.aliasHeadersStrategy=keep`),
        // The names of Middleware in annotations are of this scheme.
        '--providers.kubernetesCRD.safeNaming=false',
        '--providers.providersThrottleDuration=100ms',
        ...['kubernetesIngress', 'kubernetesCRD'].flatMap((provider) => [
          `--providers.${provider}=true`,
          ...Object.entries(plane.access).map(([name, value]) => `--providers.${provider}.${name}=${value}`),
        ]),
        ...options,
      ],
      [http, https, admin],
      { startSeconds: 120 },
    );
    await prepareFor(this.api, [...objects, ...surroundings]);
    // An Ingress that names a Middleware which is not there yet is an error in Traefik's log, and none of ours.
    const ingresses = objects.filter(({ kind }) => kind === 'Ingress');
    const others = objects.filter(({ kind }) => kind !== 'Ingress' && kind !== 'Certificate');
    await this.apply([...surroundings, ...others]);
    await this.wait(admin, 'middlewares', others.filter(({ kind }) => kind === 'Middleware').length, 'kubernetescrd');
    await this.apply(ingresses);
    await this.wait(admin, 'routers', ingresses.flatMap(pathsOf).length, 'kubernetes');
  }

  private async apply(objects: readonly Manifest[]): Promise<void> {
    this.applied.push(...objects);
    await applyAll(this.api, objects);
  }

  /** Waits until Traefik has that many parts of a kind, and all of them without an error. */
  private async wait(admin: number, kind: string, count: number, provider: string): Promise<void> {
    let seen: unknown;
    await eventually(`${count} ${kind} of Traefik`, async () => {
      const answer = await fetch(`http://${LOOPBACK}:${admin}/api/http/${kind}?per_page=1000`);
      // The API is one more route, which may come after the port.
      if (answer.status !== 200) return undefined;
      const all = (await answer.json()) as { readonly provider: string; readonly status: string }[];
      seen = all;
      const ours = all.filter((part) => part.provider === provider);
      return ours.length === count && ours.every(({ status }) => status === 'enabled') ? true : undefined;
    }).catch((error: unknown) => {
      throw new Error(`${String(error)}\n${JSON.stringify(seen)}\n${this.process?.output ?? ''}`);
    });
  }
}

function pathsOf(ingress: Manifest): unknown[] {
  const rules = at(ingress, 'spec.rules') as { readonly http: { readonly paths: unknown[] } }[];
  return rules.flatMap(({ http }) => http.paths);
}
