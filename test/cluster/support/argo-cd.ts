import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll } from 'vitest';
import type { Manifest } from '../../support/manifests';
import type { ControlPlane } from './control-plane';
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

interface Answer {
  readonly error?: string;
  readonly outOfSync: readonly OutOfSync[];
}

/** Argo CD's own packages, in a program that does what its controller does for one application. */
export class ArgoCd {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: ((answer: Answer) => void)[] = [];
  private errors = '';

  public constructor(kubeconfig: string) {
    this.child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', executable('argocd'), kubeconfig]);
    createInterface({ input: this.child.stdout }).on('line', (line) => {
      this.waiting.shift()?.(JSON.parse(line) as Answer);
    });
    this.child.stderr.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString();
    });
    this.child.on('close', () => {
      this.waiting.splice(0).forEach((answer) => {
        answer({ error: `Argo CD's program has ended: ${this.errors}`, outOfSync: [] });
      });
    });
  }

  /** Applies the objects as a sync does. */
  public async sync(objects: readonly Manifest[], apply: Sync): Promise<void> {
    await this.ask({ apply, objects });
  }

  /** Compares the objects with what is live, in every way. */
  public compare(objects: readonly Manifest[]): Promise<readonly OutOfSync[]> {
    return this.ask({ objects });
  }

  public stop(): void {
    this.child.kill('SIGKILL');
  }

  private async ask(request: object): Promise<readonly OutOfSync[]> {
    const answer = await new Promise<Answer>((resolve) => {
      this.waiting.push(resolve);
      this.child.stdin.write(`${JSON.stringify(request)}\n`);
    });
    if (answer.error !== undefined) {
      throw new Error(answer.error);
    }
    return answer.outOfSync;
  }
}

/** Argo CD for the tests around the call. */
export function useArgoCd(plane: () => ControlPlane): () => ArgoCd {
  let argoCd: ArgoCd | undefined;
  beforeAll(() => {
    argoCd = new ArgoCd(plane().kubeconfig);
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
