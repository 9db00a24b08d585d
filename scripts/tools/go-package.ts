import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run';
import type { GoPackage, Tool } from './tool';

/** Builds in a module of its own, so that the versions of one tool's dependencies do not decide another's. */
export function buildGoPackage(directory: string, { name, version }: Tool, source: GoPackage): void {
  const { goModule, goPackage, goReplacement, goSum = [], goExperiment, goTags = [] } = source;
  run('go', ['mod', 'init', 'tool'], directory);
  run('go', ['mod', 'edit', `-require=${goModule}@${version}`], directory);
  if (goReplacement !== undefined) {
    run('go', ['mod', 'edit', `-replace=${goModule}=${goReplacement}@${version}`], directory);
  }
  writeFileSync(join(directory, 'go.sum'), goSum.map((sum) => `${goModule} ${version}${sum}\n`).join(''));
  const experiment = goExperiment === undefined ? {} : { GOEXPERIMENT: goExperiment };
  const tags = goTags.length === 0 ? [] : ['-tags', goTags.join(',')];
  run('go', ['build', '-mod=mod', ...tags, '-o', join('bin', name), goPackage], directory, experiment);
}
