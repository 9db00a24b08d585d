import { type ChildProcess, spawn } from 'node:child_process';
import { accepts, sleep } from './loopback';

const START_SECONDS = 10;
const POLL_MILLIS = 20;

const running = new Set<ChildProcess>();
// The last resort, for a run that ends without its hooks.
process.once('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'));
});

/** What a program is started with, besides its arguments. */
export interface ServingOptions {
  /** More variables of its environment. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * How long it may take until it serves.
   * @default 10
   */
  readonly startSeconds?: number;
  /** What else has to be true before it serves. */
  readonly ready?: () => Promise<boolean>;
}

/** A program of the test that serves in the foreground. */
export class ServingProcess {
  private static readonly all = new Set<ServingProcess>();

  /** Fails when a program that nobody has stopped has ended, and names it. */
  public static requireAllRunning(): void {
    ServingProcess.all.forEach((process) => {
      process.requireRunning();
    });
  }

  /** Starts the program, and waits until it accepts connections on every port. */
  public static async start(
    command: string,
    args: readonly string[],
    ports: readonly number[],
    options: ServingOptions = {},
  ): Promise<ServingProcess> {
    const { environment = {}, startSeconds = START_SECONDS, ready = () => Promise.resolve(true) } = options;
    const env = { ...process.env, ...environment };
    const started = new ServingProcess(command, spawnBound(command, args, env));
    const deadline = Date.now() + startSeconds * 1000;
    while (!((await allAccept(ports)) && (await ready()))) {
      if (started.ended || Date.now() > deadline) {
        await started.kill();
        throw new Error(`${command} ${args.join(' ')} does not serve:\n${started.output}`);
      }
      await sleep(POLL_MILLIS);
    }
    return started;
  }

  private readonly closed: Promise<void>;
  private ended = false;
  private text = '';

  private constructor(
    private readonly command: string,
    private readonly child: ChildProcess,
  ) {
    running.add(child);
    ServingProcess.all.add(this);
    const collect = (chunk: Buffer): void => {
      this.text += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.closed = new Promise((resolve) => {
      const end = (): void => {
        this.ended = true;
        running.delete(child);
        resolve();
      };
      child.once('close', end);
      child.once('error', (error) => {
        this.text += String(error);
        end();
      });
    });
  }

  /** What the program has printed so far. */
  public get output(): string {
    return this.text;
  }

  /** Fails when the program has ended by itself. */
  public requireRunning(): void {
    if (this.ended) {
      throw new Error(`${this.command} has ended:\n${this.text.slice(-5000)}`);
    }
  }

  public async stop(): Promise<void> {
    await this.end('SIGTERM');
  }

  /** Ends the program without asking it. */
  public async kill(): Promise<void> {
    await this.end('SIGKILL');
  }

  private async end(signal: NodeJS.Signals): Promise<void> {
    ServingProcess.all.delete(this);
    this.child.kill(signal);
    await this.closed;
  }
}

/** A child that does not outlive its parent, however that ends: on Linux the kernel sees to it. */
function spawnBound(command: string, args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  const stdio = ['ignore', 'pipe', 'pipe'] as const;
  return process.platform === 'linux'
    ? spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], { stdio: [...stdio], env })
    : spawn(command, [...args], { stdio: [...stdio], env });
}

async function allAccept(ports: readonly number[]): Promise<boolean> {
  return (await Promise.all(ports.map(accepts))).every(Boolean);
}
