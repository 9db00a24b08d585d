import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { TestAuthority } from '../../edge/support/certificates';
import { at } from '../../support/manifests';
import type { ServingProcess } from '../../support/serving-process';
import type { LiveObject } from './api-client';
import { ARGO_CD, argoCdObjects, type Cluster, startArgoCd } from './argo-cd-programs';
import type { ControlPlane } from './control-plane';
import { eventually } from './eventually';
import { addHost } from './forwarder';
import { GitServer } from './git-server';
import { complaintsOf } from './logs';
import type { ManifestRepository } from './manifest-repository';

const APPLICATION = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application' };

export interface ArgoCdSystemOptions {
  readonly repository: ManifestRepository;
  /** The host in the URL of the repository. */
  readonly host: string;
  /** Other clusters by their names. */
  readonly clusters?: Readonly<Record<string, Cluster>>;
}

/** What an Application says about itself; empty texts where it says nothing. */
export interface ApplicationState {
  readonly sync: string;
  readonly revision: string;
  readonly health: string;
  readonly phase: string;
  readonly message: string;
  readonly retries: number;
  readonly conditions: readonly string[];
}

/** Argo CD's controllers, which read a Git host and apply. */
export class ArgoCdSystem {
  public static async start(plane: ControlPlane, options: ArgoCdSystemOptions): Promise<ArgoCdSystem> {
    const { repository, host, clusters = {} } = options;
    const directory = plane.path('argo-cd');
    mkdirSync(join(directory, 'tls'), { recursive: true });
    const account = { username: 'argo-cd', password: randomUUID() };
    const git = await startGit(directory, repository.root, host, `${account.username}:${account.password}`);
    try {
      for (const object of argoCdObjects(`https://${host}/${repository.path}`, account, clusters)) {
        await plane.api.apply(object, { manager: 'platform' });
      }
      return new ArgoCdSystem(plane, git, await startArgoCd(plane, directory));
    } catch (error) {
      await git.stop();
      throw error;
    }
  }

  private reported: readonly number[];

  private constructor(
    private readonly plane: ControlPlane,
    private readonly git: GitServer,
    private readonly programs: readonly ServingProcess[],
  ) {
    this.reported = programs.map(() => 0);
  }

  /** The programs end with the control plane. */
  public stop(): Promise<void> {
    return this.git.stop();
  }

  /** What its programs have complained of since the last call. */
  public complaints(): string[] {
    const from = this.reported;
    this.reported = this.programs.map(({ output }) => output.length);
    return this.programs.flatMap(({ output }, index) => complaintsOf('argo-cd', output.slice(from[index])));
  }

  public application(name: string): Promise<LiveObject | undefined> {
    return this.plane.api.get({ ...APPLICATION, metadata: { name, namespace: ARGO_CD } });
  }

  /** The names of the Applications that there are. */
  public async names(): Promise<string[]> {
    const all = await this.plane.api.list(APPLICATION.apiVersion, APPLICATION.kind, ARGO_CD);
    return all.map(({ metadata }) => metadata.name).sort();
  }

  public async stateOf(name: string): Promise<ApplicationState> {
    const application = await this.application(name);
    const text = (path: string): string => (at(application, `status.${path}`) ?? '') as string;
    const conditions = (at(application, 'status.conditions') ?? []) as readonly Condition[];
    return {
      sync: text('sync.status'),
      revision: text('sync.revision'),
      health: text('health.status'),
      phase: text('operationState.phase'),
      message: text('operationState.message'),
      retries: (at(application, 'status.operationState.retryCount') ?? 0) as number,
      conditions: conditions.map(({ type, message }) => `${type}: ${message}`),
    };
  }

  /** Waits until an Application is in a state; fails with the one that it stays in. */
  public async until(
    name: string,
    what: string,
    isReached: (state: ApplicationState) => boolean,
  ): Promise<ApplicationState> {
    let seen: ApplicationState | undefined;
    const ask = async (): Promise<ApplicationState | undefined> => {
      seen = await this.stateOf(name);
      return isReached(seen) ? seen : undefined;
    };
    return eventually(`${name} ${what}`, ask).catch((error: unknown) => {
      const logs = this.programs.map(({ output }) => output.slice(-5000));
      throw new Error([String(error), JSON.stringify(seen, null, 2), ...logs].join('\n'));
    });
  }

  /** Waits until it has compared an Application twice more: the second time it began after this call. */
  public async looksAgain(name: string): Promise<void> {
    const seen = new Set<unknown>();
    await eventually(`${name} was compared again`, async () => {
      seen.add(at(await this.application(name), 'status.reconciledAt'));
      return seen.size > 2 ? true : undefined;
    });
  }

  /** Waits until the folder of an Application is in the cluster as it was committed. */
  public synced(name: string, revision: string): Promise<ApplicationState> {
    return this.until(
      name,
      `is synced to ${revision}`,
      (state) => state.sync === 'Synced' && state.revision === revision && state.phase === 'Succeeded',
    );
  }
}

interface Condition {
  readonly type: string;
  readonly message: string;
}

/** Argo CD for the tests around the call. What it complains of fails them, unless a test has asked for it. */
export function useArgoCdSystem(
  plane: () => ControlPlane,
  options: () => ArgoCdSystemOptions | Promise<ArgoCdSystemOptions>,
): () => ArgoCdSystem {
  let system: ArgoCdSystem | undefined;
  beforeAll(async () => {
    system = await ArgoCdSystem.start(plane(), await options());
  });
  afterAll(async () => {
    await system?.stop();
    expect(system?.complaints() ?? []).toEqual([]);
  });
  return () => {
    if (system === undefined) {
      throw new Error('Argo CD has not started');
    }
    return system;
  };
}

/** The Git host has a certificate that Argo CD is told to trust, as `argocd-tls-certs-cm` says it. */
async function startGit(directory: string, root: string, host: string, account: string): Promise<GitServer> {
  // Two files of tests run beside each other.
  const address = `10.244.${process.env['VITEST_POOL_ID'] ?? '0'}.40`;
  addHost(address, host);
  const authority = new TestAuthority(directory, 'git-authority');
  const { certificate, key } = authority.issue(host);
  writeFileSync(join(directory, 'tls', host), authority.certificate);
  const tls = { cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') };
  return GitServer.start(address, { directory: root, tls, account });
}
