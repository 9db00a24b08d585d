import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll } from 'vitest';
import { sleep } from '../../support/loopback';
import type { Manifest } from '../../support/manifests';
import type { ControlPlane } from './control-plane';
import { eventually } from './eventually';
import { executable } from './tools';

/** How Argo CD applies: with kubectl's client-side patch, or with `ServerSideApply=true`. */
export const SYNCS = ['client', 'server'] as const;
export type Sync = (typeof SYNCS)[number];

/** An object that Argo CD would call OutOfSync, and in which of its ways to compare. */
export interface OutOfSync {
  readonly mode: 'three-way' | 'server-side' | 'structured-merge';
  readonly kind: string;
  readonly name: string;
  readonly live: unknown;
  readonly predicted: unknown;
}

/** How far the sync of an application came. */
export interface Operation {
  readonly phase: 'Running' | 'Succeeded' | 'Failed' | 'Error';
  readonly message: string;
  /** What it did with each object, in the order in which it did it. */
  readonly results: readonly SyncResult[];
}

export interface SyncResult {
  readonly kind: string;
  readonly name: string;
  readonly wave: number;
  readonly status: 'Synced' | 'SyncFailed' | 'Pruned' | 'PruneSkipped';
  readonly message: string;
}

/** What Argo CD thinks of a live object; `none` for kinds of which it knows no health. */
export interface ObjectHealth {
  readonly kind: string;
  readonly name: string;
  readonly status: 'Healthy' | 'Progressing' | 'Degraded' | 'Suspended' | 'Missing' | 'Unknown' | 'none';
  readonly message: string;
}

export interface OperationOptions {
  /** Objects of the same application that are not rendered any more are pruned. */
  readonly application: string;
  readonly sync: Sync;
  /**
   * How long it may take; it stays `Running` then.
   * @default 240
   */
  readonly seconds?: number;
}

/** Until then the other controllers have written what they have to, on a busy machine too. */
const SETTLE_MILLIS = 60_000;

interface Answer {
  readonly error?: string;
  readonly outOfSync: readonly OutOfSync[];
  readonly operation?: Operation;
  readonly health?: readonly ObjectHealth[];
}

/** Argo CD's own packages, in a program that does what its controller does for one application. */
export class ArgoCd {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: ((answer: Answer) => void)[] = [];
  private errors = '';
  private ended = false;

  public constructor(kubeconfig: string) {
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', executable('argocd'), kubeconfig]);
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.waiting.shift()?.(JSON.parse(line) as Answer);
    });
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
    });
    this.child.on('close', () => {
      this.ended = true;
      this.waiting.splice(0).forEach((answer) => {
        answer(this.farewell);
      });
    });
    // What is written to a program that has ended gets its answer above.
    this.child.stdin.on('error', () => undefined);
  }

  /** Syncs all objects of an application: in waves, with health and with pruning. */
  public async operate(objects: readonly Manifest[], options: OperationOptions): Promise<Operation> {
    const { operation } = await this.ask({ seconds: 240, ...options, objects });
    if (operation === undefined) {
      throw new Error("Argo CD's program says nothing about the operation");
    }
    return operation;
  }

  /** What Argo CD thinks of the live objects. */
  public async healthOf(objects: readonly Manifest[]): Promise<readonly ObjectHealth[]> {
    return (await this.ask({ health: true, objects })).health ?? [];
  }

  /** Applies the objects one by one, as a sync does. */
  public async sync(objects: readonly Manifest[], apply: Sync): Promise<void> {
    await this.ask({ apply, objects });
  }

  /** Compares the objects with what is live, in every way. */
  public async compare(objects: readonly Manifest[], application?: string): Promise<readonly OutOfSync[]> {
    return (await this.ask({ objects, application })).outOfSync;
  }

  /** What goes on to differ: a controller that writes a status or a revision between two looks is no drift. */
  public async compareSettled(objects: readonly Manifest[], application: string): Promise<readonly OutOfSync[]> {
    const deadline = Date.now() + SETTLE_MILLIS;
    for (;;) {
      const outOfSync = await this.compare(objects, application);
      if (outOfSync.length === 0 || Date.now() > deadline) {
        return outOfSync;
      }
      await sleep(250);
    }
  }

  public stop(): void {
    this.child.kill('SIGKILL');
  }

  private get farewell(): Answer {
    return { error: `Argo CD's program has ended: ${this.errors.slice(-5000)}`, outOfSync: [] };
  }

  private async ask(request: object): Promise<Answer> {
    const answer = await new Promise<Answer>((resolve) => {
      if (this.ended) {
        resolve(this.farewell);
        return;
      }
      this.waiting.push(resolve);
      this.child.stdin.write(`${JSON.stringify(request)}\n`);
    });
    if (answer.error !== undefined) {
      throw new Error(answer.error);
    }
    return answer;
  }
}

/** Argo CD; nothing where it gives up, because on a busy machine the API server takes its time to say what it serves. */
async function started(kubeconfig: string): Promise<ArgoCd | undefined> {
  const argoCd = new ArgoCd(kubeconfig);
  try {
    await argoCd.healthOf([]);
    return argoCd;
  } catch (error) {
    argoCd.stop();
    if (String(error).includes('deadline exceeded')) return undefined;
    throw error;
  }
}

/** Argo CD for the tests around the call. */
export function useArgoCd(plane: () => ControlPlane): () => ArgoCd {
  let argoCd: ArgoCd | undefined;
  beforeAll(async () => {
    argoCd = await eventually('an Argo CD that has read the API', () => started(plane().kubeconfig), 300);
  });
  afterAll(() => {
    argoCd?.stop();
  });
  return () => {
    if (argoCd === undefined) {
      throw new Error('Argo CD has not started');
    }
    return argoCd;
  };
}
