/** Network namespaces joined by a bridge that has no way out: nothing that is sent in them leaves them. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { isIPv6 } from 'node:net';
import { NAMESPACE_PREFIX, teardown } from './namespaces';

// The process that started the run is gone: what was made since its end has to go too.
process.once('disconnect', () => {
  teardown();
  process.exit(1);
});

/** A machine of the test network: a network namespace with addresses, and a process in it. */
export interface Host {
  readonly namespace: string;
  readonly addresses: readonly string[];
}

/** Whether a packet got through. */
export interface Probe {
  readonly from: string;
  readonly to: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly port: number;
}

interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

export class TestNetwork {
  private readonly bridge = `${NAMESPACE_PREFIX}bridge`;
  private readonly hosts: Host[] = [];
  private readonly agents = new Map<Host, ChildProcess>();
  private tasks = 0;

  public constructor() {
    ip('netns', 'add', this.bridge);
    ip('-n', this.bridge, 'link', 'add', 'br0', 'type', 'bridge');
    ip('-n', this.bridge, 'link', 'set', 'br0', 'up');
  }

  /** Adds a machine. Every address of the network is one hop away from it. */
  public async addHost(addresses: readonly string[]): Promise<Host> {
    const index = this.hosts.length;
    const namespace = `${NAMESPACE_PREFIX}${index}`;
    const host = { namespace, addresses };
    this.hosts.push(host);
    ip('netns', 'add', namespace);
    ip('-n', this.bridge, 'link', 'add', `port${index}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', namespace);
    ip('-n', this.bridge, 'link', 'set', `port${index}`, 'master', 'br0', 'up');
    const commands = [
      'link set lo up',
      'link set eth0 up',
      ...addresses.map((address) =>
        isIPv6(address) ? `address add ${address}/128 dev eth0 nodad` : `address add ${address}/32 dev eth0`,
      ),
      ...(addresses.some((address) => !isIPv6(address)) ? ['-4 route add default dev eth0'] : []),
      ...(addresses.some(isIPv6) ? ['-6 route add default dev eth0'] : []),
    ];
    for (const command of commands) {
      ip('-n', namespace, ...command.split(' '));
    }
    const agent = spawn('ip', ['netns', 'exec', namespace, process.execPath, join(__dirname, 'agent.mjs')], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    agent.setMaxListeners(0);
    this.agents.set(host, agent);
    await once(agent, 'message');
    return host;
  }

  public async listen(
    host: Host,
    ports: { readonly tcp: readonly number[]; readonly udp: readonly number[] },
  ): Promise<void> {
    await this.run(host, 'listen', { ...ports, addresses: host.addresses });
  }

  /** Tries connections from a machine: for each whether it got through. */
  public async probe(host: Host, probes: readonly Probe[]): Promise<boolean[]> {
    return (await this.run(host, 'probe', probes)) as boolean[];
  }

  /** Every TCP port of an address that answers, of all 65,535. */
  public async sweep(host: Host, to: string): Promise<number[]> {
    return (await this.run(host, 'sweep', { to })) as number[];
  }

  /** Replaces the rules of a machine; `undefined` for none. */
  public filter(host: Host, ruleset: string | undefined): void {
    execFileSync('ip', ['netns', 'exec', host.namespace, 'nft', '-f', '-'], {
      input: `flush ruleset\n${ruleset ?? ''}`,
      stdio: ['pipe', 'inherit', 'inherit'],
    });
  }

  public async close(): Promise<void> {
    await Promise.all(
      [...this.agents.values()].map(async (agent) => {
        agent.disconnect();
        await once(agent, 'exit');
      }),
    );
    for (const namespace of [this.bridge, ...this.hosts.map((host) => host.namespace)]) {
      ip('netns', 'delete', namespace);
    }
  }

  private run(host: Host, task: string, argument: unknown): Promise<unknown> {
    const agent = this.agents.get(host);
    if (agent === undefined) {
      throw new Error(`nothing runs in ${host.namespace}`);
    }
    this.tasks += 1;
    const id = this.tasks;
    return new Promise((resolve, reject) => {
      const onMessage = (answer: Answer): void => {
        if (answer.id === id) {
          agent.off('message', onMessage);
          if (answer.error === undefined) {
            resolve(answer.result);
          } else {
            reject(new Error(`${host.namespace}: ${answer.error}`));
          }
        }
      };
      agent.on('message', onMessage);
      agent.once('exit', () => {
        reject(new Error(`the process in ${host.namespace} has ended`));
      });
      agent.send({ id, task, argument });
    });
  }
}

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: ['ignore', 'inherit', 'inherit'] });
}
