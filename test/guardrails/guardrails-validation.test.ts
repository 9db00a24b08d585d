import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { GuardrailsValidation } from 'cdk8s-nim';
import { nimObjects, nimWith } from '../support/rules';
import { withDirectory } from '../support/programs';

const projectDirectory = join(__dirname, '../..');
const GADGET = { apiVersion: 'example.com/v1', kind: 'Gadget', metadata: { name: 'gadget' } };

/** The library in one file, built once for all that follows. */
let library = '';
beforeAll(async () => {
  const { outputFiles } = await build({
    absWorkingDir: projectDirectory,
    entryPoints: ['lib/index.ts'],
    bundle: true,
    packages: 'external',
    platform: 'node',
    outfile: 'index.js',
    write: false,
    logLevel: 'silent',
  });
  library = outputFiles.map(({ text }) => text).join('');
});

/** `cdk8s synth` in a project that knows this package only by its cdk8s.yaml. */
function synth(
  objects: readonly object[],
  properties: object = {},
): { status: number | null; output: string; report: unknown } {
  return withDirectory((directory) => {
    const plugin = join(directory, 'plugin');
    mkdirSync(plugin);
    writeFileSync(join(plugin, 'package.json'), JSON.stringify({ name: 'cdk8s-nim', main: 'index.js' }));
    writeFileSync(join(plugin, 'index.js'), library);
    symlinkSync(join(projectDirectory, 'node_modules'), join(directory, 'node_modules'));
    writeFileSync(
      join(directory, 'manifests.json'),
      JSON.stringify(objects.map((object) => stringify(object)).join('---\n')),
    );
    writeFileSync(
      join(directory, 'app.js'),
      `const fs = require('fs');
       fs.mkdirSync(process.env.CDK8S_OUTDIR, { recursive: true });
       fs.writeFileSync(process.env.CDK8S_OUTDIR + '/app.k8s.yaml', require('./manifests.json'));`,
    );
    const validation = { package: './plugin', version: '0.1.0', class: 'GuardrailsValidation', properties };
    writeFileSync(
      join(directory, 'cdk8s.yaml'),
      stringify({
        language: 'typescript',
        app: 'node app.js',
        validations: [validation],
        validationReportOutputFile: 'report.json',
      }),
    );
    const result = spawnSync(
      process.execPath,
      [
        join(projectDirectory, 'node_modules/cdk8s-cli/bin/cdk8s'),
        'synth',
        '--no-check-upgrade',
        '--validation-reports-output-file',
        'report.json',
      ],
      { cwd: directory, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    const { reports } = JSON.parse(readFileSync(join(directory, 'report.json'), 'utf8')) as { reports: unknown[] };
    return { status: result.status, output: result.stdout + result.stderr, report: reports[0] };
  });
}

describe('GuardrailsValidation in cdk8s synth', () => {
  it('ends with exit code 2, names rule, object, file, field and fix, what cdk8s.yaml accepts, and what was not checked', () => {
    const acknowledgements = [{ rule: 'no-service-links', reason: 'a test cluster' }];
    const changed = nimWith(
      ['Service', 'spec.type', 'NodePort'],
      ['Deployment', 'spec.template.spec.enableServiceLinks', true],
    );
    const { status, output, report } = synth([...changed, GADGET], { acknowledgements });
    expect(status).toBe(2);
    expect(report).toMatchObject({
      violations: [
        {
          ruleName: 'service-only-api-port',
          recommendation: 'error: the type is NodePort',
          violatingConstructs: [
            {
              resourceName: 'Service embeddings/text-embedding',
              locations: ['spec.type'],
              manifestPath: expect.stringMatching(/app\.k8s\.yaml$/) as unknown,
            },
          ],
        },
      ],
      summary: { status: 'failure', metadata: { errors: '1', warnings: '0' } },
    });
    expect(output).toContain('How to fix: set type: ClusterIP');
    expect(output).toContain('acknowledged (a test cluster): no-service-links: Deployment embeddings/text-embedding');
    expect(output).toContain('not checked beyond names and literal secrets: Gadget gadget');
  });
});

/** What a validation hands to the command of cdk8s: the rules with a finding, and how its report ends. */
async function validate(
  objects: readonly object[],
  properties: ConstructorParameters<typeof GuardrailsValidation>[0] = {},
): Promise<{ readonly rules: string[]; readonly status: string | undefined }> {
  const rules: string[] = [];
  let status: string | undefined;
  await new GuardrailsValidation(properties).validate({
    manifests: ['app.k8s.yaml'],
    parseManifest: () => [...objects],
    logger: { log: () => undefined },
    report: {
      addViolation: ({ ruleName }) => rules.push(ruleName),
      submit: (ended) => {
        status = ended;
      },
    },
  });
  return { rules, status };
}

describe('GuardrailsValidation', () => {
  it('lets a NIM pass', async () => {
    expect(await validate(nimObjects())).toEqual({ rules: [], status: 'success' });
  });

  it('lets pass what an acknowledgement is for', async () => {
    const objects = nimWith(['Service', 'spec.type', 'NodePort']);
    const acknowledgements = [{ rule: 'service-only-api-port', reason: 'a test cluster' }];
    expect(await validate(objects, { acknowledgements })).toEqual({ rules: [], status: 'success' });
  });

  it('fails for warnings only when it is strict', async () => {
    const objects = nimWith(['Deployment', 'spec.template.spec.enableServiceLinks', true]);
    expect(await validate(objects)).toEqual({ rules: ['no-service-links'], status: 'success' });
    expect(await validate(objects, { strict: true })).toEqual({ rules: ['no-service-links'], status: 'failure' });
  });

  it.each<[object, string]>([
    [{ strct: true }, 'GuardrailsValidation properties prop: "strct" is refused: there is none of that name'],
    [
      { strict: 'no' },
      'GuardrailsValidation properties strict: "no" is refused: it has to be a switch; write true or false',
    ],
    [{ acknowledgements: [{ rule: 'probes', reason: 'a', nme: 'b' }] }, 'acknowledgements[0] prop: "nme" is refused'],
  ])('refuses the properties %j, which no compiler reads', (properties, message) => {
    expect(() => new GuardrailsValidation(properties)).toThrow(message);
  });
});
