import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { publishCommand } from '../../lib/cli/commands/publish';
import type { Disk } from '../../lib/cli/publish/disk';
import { run } from '../../lib/cli/run';
import { RULES } from '../../lib/guardrails/rules';
import type { Outcome } from './command-line';
import { writeFiles } from './files';
import { FAST_DISK } from './interrupted-disk';
import { filesIn, withDirectory } from './programs';

export type Files = Readonly<Record<string, string>>;

/** A rendered folder and a checkout in a temporary directory. */
export class Publishing {
  private inDist?: Files;

  public constructor(public readonly directory: string) {
    mkdirSync(join(directory, 'checkout/.git'), { recursive: true });
  }

  /** The folder that is published to. */
  public get target(): string {
    return join(this.directory, 'checkout/env');
  }

  /** Renders these files, and publishes them. */
  public publish(rendered: Files, args: readonly string[] = [], disk: Disk = FAST_DISK): Outcome {
    this.render(rendered);
    return this.run(['publish', join(this.directory, 'dist'), '--to', this.target, ...args], disk);
  }

  public render(files: Files): void {
    if (files === this.inDist) return;
    this.inDist = files;
    rmSync(join(this.directory, 'dist'), { recursive: true, force: true });
    writeFiles(join(this.directory, 'dist'), files);
  }

  public run(args: readonly string[], disk: Disk = FAST_DISK): Outcome {
    let [out, error] = ['', ''];
    const code = run(
      args,
      { out: (text) => (out += text), error: (text) => (error += text), standardInput: () => Buffer.alloc(0) },
      [publishCommand(RULES, disk)],
    );
    return { code, out: out.replaceAll(this.directory, 'DIR'), error: error.replaceAll(this.directory, 'DIR') };
  }

  /** Somebody else writes files into the published folder. */
  public write(files: Files): void {
    writeFiles(this.target, files);
  }

  /** Leaves these files in the published folder, and nothing else in the checkout. */
  public reset(files: Files): void {
    const checkout = join(this.target, '..');
    for (const name of readdirSync(checkout).filter((other) => other !== '.git')) {
      rmSync(join(checkout, name), { recursive: true });
    }
    this.write(files);
  }

  /** The published files, without the record. */
  public get files(): Files {
    return Object.fromEntries(Object.entries(filesIn(this.target)).filter(([name]) => name !== 'published.sha256'));
  }

  /** The record of the published files. */
  public get record(): string {
    return filesIn(this.target)['published.sha256'] ?? '';
  }
}

export function publishing<Result>(use: (place: Publishing) => Result): Result {
  return withDirectory((directory) => use(new Publishing(directory)));
}

/** A ConfigMap that the guardrails have nothing against. */
export function configMap(name: string, data: Files = { a: 'b' }): string {
  const entries = Object.entries(data).map(([key, value]) => `  ${key}: ${value}\n`);
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n  namespace: embeddings\ndata:\n${entries.join('')}`;
}
