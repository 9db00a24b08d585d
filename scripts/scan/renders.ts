import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What a program renders for one environment, as one file. */
export interface Render {
  readonly name: string;
  readonly file: string;
}

/** main.ts, and every example. */
function programs(): { readonly name: string; readonly path: string }[] {
  const examples = existsSync('examples') ? readdirSync('examples').sort() : [];
  return [
    { name: 'main', path: 'main.ts' },
    ...examples
      .map((name) => ({ name, path: join('examples', name, 'main.ts') }))
      .filter(({ path }) => existsSync(path)),
  ];
}

/** What Argo CD is told: no scanner has a check for it, and the tests of schemas read it. */
const TOLD_ARGO_CD = /^apiVersion: argoproj\.io\//m;

/** Renders every program. Each folder of the output is an environment; a program with one environment gives it its name. */
export function renderAll(directory: string): Render[] {
  return programs().flatMap(({ name, path }) => {
    const output = join(directory, 'renders', name);
    mkdirSync(output, { recursive: true });
    execFileSync(process.execPath, ['scripts/run.mjs', path], {
      env: { ...process.env, CDK8S_OUTDIR: output },
      stdio: 'inherit',
    });
    const manifests = manifestsIn(output).filter(
      (file) => !TOLD_ARGO_CD.test(readFileSync(join(output, file), 'utf8')),
    );
    if (manifests.length === 0) {
      throw new Error(`${path} rendered nothing`);
    }
    const folders = [...new Set(manifests.map((manifest) => dirname(manifest)))];
    return folders.map((folder) => {
      const render = folders.length === 1 ? name : join(name, folder);
      const file = join(directory, `${render.replaceAll('/', '-')}.yaml`);
      const documents = manifests.filter((manifest) => dirname(manifest) === folder);
      writeFileSync(file, documents.map((manifest) => readFileSync(join(output, manifest), 'utf8')).join('---\n'));
      return { name: render, file };
    });
  });
}

function manifestsIn(directory: string): string[] {
  return readdirSync(directory, { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.yaml'))
    .sort();
}
