import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withDirectory } from '../support/programs';

const projectDirectory = join(__dirname, '../..');

const CACHE = join(projectDirectory, 'node_modules/.cache/cdk8s-nim');

const RENDERS = [
  "import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';",
  'const app = new App({ yamlOutputType: YamlOutputType.FILE_PER_APP });',
  "new ApiObject(new Chart(app, 'a'), 'map', { apiVersion: 'v1', kind: 'ConfigMap' });",
  'app.synth();',
];
const MISSPELT = 'export const type = YamlOutputType.FILE_PER_APPP;';
const EXISTS = "import { existsSync } from 'node:fs';";
const REFUSED = [
  "import { RestrictedNamespace } from 'cdk8s-nim';",
  "new RestrictedNamespace(new Chart(app, 'b'), 'namespace');",
];

/** One place for all programs: the compiler checks the library for the first of them only. */
const PLACE = join(projectDirectory, '.cache/types.test');

/** How `npm run synth` ends, what it prints, and whether it left a render. */
function synth(...lines: string[]): { readonly status: number | null; readonly error: string; readonly dist: boolean } {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  return synthIn(PLACE, lines);
}

function synthIn(directory: string, lines: readonly string[], env: NodeJS.ProcessEnv = {}): ReturnType<typeof synth> {
  writeFileSync(join(directory, 'main.ts'), lines.join('\n'));
  const { status, stderr } = spawnSync(process.execPath, [join(projectDirectory, 'scripts/synth.mjs')], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { status, error: stderr, dist: existsSync(join(directory, 'dist')) };
}

describe('a synth', () => {
  it('renders a program whose types are right', () => {
    expect(synth(...RENDERS)).toEqual({ status: 0, error: '', dist: true });
  });

  it('renders a program that uses modules of Node.js', () => {
    const usesFiles = [EXISTS, ...RENDERS, "process.stdout.write(`${existsSync('a')}`);"];
    expect(synth(...usesFiles)).toEqual({ status: 0, error: '', dist: true });
  });

  it('fails on type errors with the messages of the compiler, also of modules of Node.js and of what is nothing at run time, and leaves no render', () => {
    const { status, error, dist } = synth(
      ...RENDERS,
      MISSPELT,
      "import { IngressTls, SecurityProfile, TlsVersion } from 'cdk8s-nim';",
      "IngressTls.fromClusterIssuer('letsencrypt', { minimumVersion: TlsVersion.TLS_13 });",
      'export const props = { securityProfile: SecurityProfile.STRICKT };',
      EXISTS,
      'export const exists = () => existsSync(1);',
    );
    expect(error).toMatch(
      /^main\.ts\(5,36\): error TS2551: Property 'FILE_PER_APPP' does not exist on type 'typeof YamlOutputType'\. Did you mean 'FILE_PER_APP'\?\n/,
    );
    expect(error).toContain("Property 'TLS_13' does not exist on type 'typeof TlsVersion'. Did you mean 'TLS_1_3'?");
    expect(error).toContain(
      "Property 'STRICKT' does not exist on type 'typeof SecurityProfile'. Did you mean 'STRICT'?",
    );
    expect(error).toContain("Argument of type 'number' is not assignable to parameter of type 'PathLike'");
    expect({ status, dist }).toEqual({ status: 1, dist: false });
  });

  it('fails on a type error also when the program ends the process itself, and keeps nothing of a program of another project', () => {
    withDirectory((directory) => {
      symlinkSync(join(projectDirectory, 'node_modules'), join(directory, 'node_modules'));
      mkdirSync(join(directory, 'tmp'));
      const lines = [...RENDERS, MISSPELT, 'process.exit(0);'];
      const { status, error, dist } = synthIn(directory, lines, { TMPDIR: join(directory, 'tmp') });
      expect(error).toContain("Did you mean 'FILE_PER_APP'?");
      expect({ status, dist }).toEqual({ status: 1, dist: false });
      const kept = readdirSync(CACHE).filter((name) => name.endsWith('.json'));
      expect(kept.filter((name) => readFileSync(join(CACHE, name), 'utf8').includes(basename(directory)))).toEqual([]);
      expect(readdirSync(join(directory, 'tmp')).filter((name) => name.startsWith('cdk8s-nim'))).toEqual([]);
    });
  });

  it('tells both what the library refuses and what the compiler does, and no stack', () => {
    const { status, error } = synth(...RENDERS, MISSPELT, ...REFUSED);
    expect(error).toMatch(/^error: namespace of chart "b": nothing is given: /m);
    expect(error).toContain('\n  at main.ts:7:1\n');
    expect(error).toContain("Did you mean 'FILE_PER_APP'?");
    expect(error).not.toMatch(/^ {4}at /m);
    expect(status).toBe(1);
  });
});
