import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Definitions of kinds whose own definition may not be copied. */
const OWN = join('scripts', 'crds');

/** The files with custom resource definitions: those of CRDS_DIR, and ours. */
export function definitionFiles(directory: string): string[] {
  return [directory, OWN].flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.yaml'))
      .map((file) => join(folder, file)),
  );
}
