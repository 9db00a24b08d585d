/** What a cluster has around a front door, whatever the controller. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:tls';
import type { Cluster } from '../../edge/support/cluster';
import { LOOPBACK } from '../../support/loopback';
import { at, type Manifest } from '../../support/manifests';
import { addHost, Forwarder } from './forwarder';

/** Two files of tests run beside each other, and each has pods of its own. */
const NETWORK = `10.244.${process.env['VITEST_POOL_ID'] ?? '0'}`;

/** What has been started around a front door, and has to be stopped with it. */
export class Surroundings {
  private readonly stops: (() => Promise<unknown>)[] = [];

  public async stop(): Promise<void> {
    await Promise.all(this.stops.splice(0).map((stop) => stop()));
  }

  /** The pods behind the Service, certificate, Secrets and other Services: started here, and as the objects for them. */
  public async start(objects: readonly Manifest[], cluster: Cluster): Promise<Manifest[]> {
    const { backend, services, secrets, certificate, ports } = cluster.props;
    const service = objects.find(({ kind }) => kind === 'Service');
    const namespace = service?.metadata.namespace ?? '';
    await this.startControl(cluster, ports.control);
    const pod = `${NETWORK}.1`;
    await this.forward(pod, 8000, backend);
    const others: Manifest[] = [];
    for (const [path, endpoint] of Object.entries(services)) {
      others.push(...(await this.startService(path, `${NETWORK}.${others.length + 2}`, endpoint)));
    }
    const [port] = at(service, 'spec.ports') as { readonly name: string }[];
    return [
      endpointSlice(service?.metadata.name ?? '', namespace, pod, { name: port?.name, port: 8000 }),
      secret('embeddings-tls', namespace, 'kubernetes.io/tls', {
        'tls.crt': readFileSync(certificate.certificate, 'utf8'),
        'tls.key': readFileSync(certificate.key, 'utf8'),
      }),
      ...Object.entries(secrets).map(([name, data]) => secret(name, namespace, 'Opaque', data)),
      ...others,
    ];
  }

  /** A Service without an address of its own, written `namespace/name:port`: its name leads to the pod. */
  private async startService(path: string, address: string, endpoint: string): Promise<Manifest[]> {
    const [namespace = '', name = '', portText = ''] = path.split(/[/:]/);
    const port = Number(portText);
    addHost(address, `${name}.${namespace}.svc.cluster.local`);
    await this.forward(address, port, endpoint);
    return [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace },
        spec: { clusterIP: 'None', ports: [{ name: 'main', port, protocol: 'TCP' }] },
      },
      endpointSlice(name, namespace, address, { name: 'main', port }),
    ];
  }

  private async forward(address: string, port: number, target: string): Promise<void> {
    const forwarder = await Forwarder.start(address, port, target);
    this.stops.push(() => forwarder.stop());
  }

  /** A server with the same certificate that takes old versions of TLS: it shows that the client offers them. */
  private async startControl({ props: { certificate } }: Cluster, port: number): Promise<void> {
    const server = createServer({
      cert: readFileSync(certificate.certificate),
      key: readFileSync(certificate.key),
      minVersion: 'TLSv1',
      ciphers: 'ALL:@SECLEVEL=0',
    });
    await new Promise<void>((resolve) => server.listen(port, LOOPBACK, resolve));
    this.stops.push(() => new Promise((resolve) => server.close(resolve)));
  }
}

function secret(name: string, namespace: string, type: string, stringData: object): Manifest {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace }, type, stringData };
}

function endpointSlice(service: string, namespace: string, address: string, port: object): Manifest {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name: `${service}-1`, namespace, labels: { 'kubernetes.io/service-name': service } },
    addressType: 'IPv4',
    endpoints: [{ addresses: [address], conditions: { ready: true } }],
    ports: [{ ...port, protocol: 'TCP' }],
  };
}
