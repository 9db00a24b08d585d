import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesIn } from '../support/programs';

const projectDirectory = join(__dirname, '../..');
/** One place for all runs: the compiler checks what the program imports for the first of them only. */
const PLACE = join(projectDirectory, '.cache/synth-environments.test');

/** Two environments in a folder each, chosen as main.ts does. */
const PROGRAM = `import { ApiObject, App, Chart, YamlOutputType } from 'cdk8s';
const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
for (const name of ['staging', 'production']) {
  new ApiObject(new Chart(app, name, { namespace: name }), 'map', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name } });
}
const only = process.env['CDK8S_ENVIRONMENT'];
if (only) app.charts.filter(({ node }) => node.id !== only).forEach(({ node }) => app.node.tryRemoveChild(node.id));
app.synth();
`;

/** What `npm run synth -- …` and `CDK8S_ENVIRONMENT=… cdk8s synth` leave in dist. */
function synth(
  args: readonly string[],
  environment = '',
  script = 'synth.mjs',
): { readonly error: string; readonly files: Record<string, string> } {
  rmSync(PLACE, { recursive: true, force: true });
  mkdirSync(PLACE, { recursive: true });
  writeFileSync(join(PLACE, 'main.ts'), PROGRAM);
  const { stderr } = spawnSync(process.execPath, [join(projectDirectory, 'scripts', script), ...args], {
    cwd: PLACE,
    encoding: 'utf8',
    env: { ...process.env, CDK8S_ENVIRONMENT: environment, CDK8S_OUTDIR: 'dist' },
  });
  const written = Object.entries(filesIn(PLACE)).filter(([file]) => file.startsWith('dist/'));
  return { error: stderr, files: Object.fromEntries(written) };
}

describe('a synth', () => {
  const STAGING = 'dist/staging/ConfigMap.staging.k8s.yaml';
  const PRODUCTION = 'dist/production/ConfigMap.production.k8s.yaml';

  it('renders one environment, named by an argument or a variable, as it is in the whole', () => {
    const whole = synth([]).files;
    expect(Object.keys(whole)).toEqual([PRODUCTION, STAGING]);
    const part = { [STAGING]: whole[STAGING] };
    expect(synth(['staging'])).toEqual({ error: '', files: part });
    expect(synth(['main.ts', 'staging']).files).toEqual(part);
    expect(synth([], 'staging').files).toEqual(part);
    expect(synth([], 'staging', 'app.mjs').files).toEqual(part);
  });

  it('takes the argument when the variable says something else', () => {
    expect(Object.keys(synth(['production'], 'staging').files)).toEqual([PRODUCTION]);
  });

  it('refuses a second environment, and leaves no render', () => {
    expect(synth(['staging', 'production'])).toEqual({
      error: 'error: one program and one environment at a time; leave out production\n',
      files: {},
    });
  });

  it('refuses a program that is not there', () => {
    expect(synth(['examples/main.ts'])).toEqual({
      error: 'error: examples/main.ts: there is no such program\n',
      files: {},
    });
  });
});
