import { type ChildProcess, spawn } from 'node:child_process';
import { accepts, sleep } from './loopback';

const START_SECONDS = 10;
const POLL_MILLIS = 20;

const running = new Set<ChildProcess>();
// The last resort, for a run that ends without its hooks.
process.once('exit', () => {
  running.forEach((child) => child.kill('SIGKILL'));
});

/** A program of the test that serves in the foreground. */
export class DataPlaneProcess {
  /** Starts the program, and waits until it accepts connections on every port. */
  public static async start(command: string, args: string[], ports: number[]): Promise<DataPlaneProcess> {
    const started = new DataPlaneProcess(spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] }));
    const deadline = Date.now() + START_SECONDS * 1000;
    while (!(await allAccept(ports))) {
      if (started.ended || Date.now() > deadline) {
        await started.stop();
        throw new Error(`${command} ${args.join(' ')} does not serve:\n${started.output}`);
      }
      await sleep(POLL_MILLIS);
    }
    return started;
  }

  private readonly closed: Promise<void>;
  private ended = false;
  private output = '';

  private constructor(private readonly child: ChildProcess) {
    running.add(child);
    const collect = (chunk: Buffer): void => {
      this.output += chunk.toString();
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
        this.output += String(error);
        end();
      });
    });
  }

  public async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.closed;
  }
}

async function allAccept(ports: number[]): Promise<boolean> {
  return (await Promise.all(ports.map(accepts))).every(Boolean);
}
