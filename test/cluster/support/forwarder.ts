import { appendFileSync, readFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';

export interface ForwarderOptions {
  /** The address from which it connects. */
  readonly from?: string;
  /** What it sends first on a connection of a client, as a load balancer with the PROXY protocol does. */
  readonly announce?: (client: string) => string;
}

/** Takes connections at an address of the pod or Service network, as kube-proxy and the network of a cluster would. */
export class Forwarder {
  public static async start(
    address: string,
    port: number,
    target: string,
    options: ForwarderOptions = {},
  ): Promise<Forwarder> {
    const forwarder = new Forwarder(target, options);
    await new Promise<void>((resolve, reject) => {
      forwarder.server.once('error', reject);
      forwarder.server.listen(port, address, resolve);
    });
    return forwarder;
  }

  private readonly open = new Set<Socket>();
  private readonly server: Server;

  private constructor(target: string, { from, announce }: ForwarderOptions) {
    const [host = '', port = ''] = target.split(':');
    this.server = createServer((incoming) => {
      const outgoing = connect({ host, port: Number(port), ...(from === undefined ? {} : { localAddress: from }) });
      if (announce !== undefined) {
        outgoing.write(announce(incoming.remoteAddress ?? ''));
      }
      for (const [from, to] of [
        [incoming, outgoing],
        [outgoing, incoming],
      ] as const) {
        this.open.add(from);
        from.pipe(to);
        from.on('error', () => to.destroy());
        from.on('close', () => {
          this.open.delete(from);
          to.destroy();
        });
      }
    });
  }

  public async stop(): Promise<void> {
    this.open.forEach((socket) => socket.destroy());
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** Lets programs of the run find a name. */
export function addHost(address: string, name: string): void {
  const hosts = process.env['CLUSTER_HOSTS'];
  if (hosts === undefined) {
    throw new Error('run npm run test:cluster: it has a network of its own');
  }
  const line = `${address} ${name}\n`;
  if (!readFileSync(hosts, 'utf8').includes(line)) {
    appendFileSync(hosts, line);
  }
}
