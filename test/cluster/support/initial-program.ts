import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { cli } from '../../support/command-line';
import { withDirectory } from '../../support/programs';

/** The program of a project that `init` makes for a repository. */
export function initialProgram(repository: string): string {
  return withDirectory((directory) => {
    const folder = join(directory, 'project');
    const { code, error } = cli(['init', folder, '--repository', repository]);
    expect({ code, error }).toEqual({ code: 0, error: '' });
    return readFileSync(join(folder, 'main.ts'), 'utf8');
  });
}
