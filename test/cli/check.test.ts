import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { COMMANDS } from '../../lib/cli/commands';
import { run } from '../../lib/cli/run';
import { RULES } from '../../lib/guardrails/rules';
import { withDirectory } from '../support/programs';
import { nimObjects, nimWith } from '../support/rules';

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/** Runs the command in a folder with these files; "DIR" in the arguments and in the output stands for the folder. */
function cli(
  args: string[],
  files: Record<string, string | undefined> = {},
  more?: (directory: string) => void,
  input = '',
): Outcome {
  return withDirectory((directory) => {
    for (const [name, text] of Object.entries(files)) {
      const path = join(directory, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text ?? '');
    }
    more?.(directory);
    let [out, error] = ['', ''];
    const code = run(
      args.map((arg) => arg.replaceAll('DIR', directory)),
      { out: (text) => (out += text), error: (text) => (error += text), standardInput: () => Buffer.from(input) },
      COMMANDS,
    );
    return { code, out: out.replaceAll(directory, 'DIR'), error: error.replaceAll(directory, 'DIR') };
  });
}

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const yaml = (objects: readonly object[]): string => objects.map((object) => stringify(object)).join('---\n');
const COUNT = nimObjects().length;
const GOOD = yaml(nimObjects());
const ERROR = yaml(nimWith(['Service', 'spec.type', 'NodePort']));
const WARNING = yaml(nimWith(['Deployment', 'spec.template.spec.enableServiceLinks', true]));
const CONFIG_MAP = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

describe('cdk8s-nim check', () => {
  it('finds nothing in a NIM', () => {
    expect(cli(['check', 'DIR'], { 'nim.yaml': GOOD })).toEqual({
      code: 0,
      out: `${COUNT} objects, 0 errors, 0 warnings, 0 acknowledged, 0 not checked, 0 problems\n`,
      error: '',
    });
  });

  it('names file, line, rule, object, field, what is wrong and what to write', () => {
    const { code, out } = cli(['check', 'DIR'], { 'nim.yaml': GOOD.replace('type: ClusterIP', 'type: NodePort') });
    const line = GOOD.split('\n').findIndex((text) => text.includes('type: ClusterIP')) + 1;
    expect(code).toBe(1);
    expect(out).toContain(
      `DIR/nim.yaml:${line}: error service-only-api-port: Service embeddings/text-embedding: spec.type\n` +
        '  the type is NodePort\n  fix: set type: ClusterIP',
    );
  });

  it('ends with 0 for warnings, and with 1 when it is strict', () => {
    expect(cli(['check', 'DIR'], { 'nim.yaml': WARNING }).code).toBe(0);
    expect(cli(['check', '--strict', 'DIR'], { 'nim.yaml': WARNING }).code).toBe(1);
  });

  it('checks all files together, of folders within folders too', () => {
    const files = Object.fromEntries(
      nimObjects().map((object, index) => [`${index}/${object.kind}.yml`, stringify(object)]),
    );
    expect(cli(['check', 'DIR'], files).out).toContain(`${COUNT} objects, 0 errors`);
  });

  it('checks single files and the standard input', () => {
    expect(cli(['check', 'DIR/a.txt'], { 'a.txt': GOOD }).code).toBe(0);
    const { code, out } = cli(['check', '-'], {}, undefined, ERROR);
    expect(code).toBe(1);
    expect(out).toMatch(/^stdin:\d+: error service-only-api-port/);
  });

  it('reads JSON', () => {
    expect(
      cli(['check', 'DIR'], { 'list.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: nimObjects() }) })
        .out,
    ).toBe(`${COUNT} objects, 0 errors, 0 warnings, 0 acknowledged, 0 not checked, 0 problems\n`);
  });

  it('expands lists, and finds the line in them', () => {
    const list = stringify({ apiVersion: 'v1', kind: 'List', items: nimWith(['Service', 'spec.type', 'NodePort']) });
    const line = list.split('\n').findIndex((text) => text.includes('type: NodePort')) + 1;
    expect(cli(['check', 'DIR'], { 'list.yaml': list }).out).toContain(
      `DIR/list.yaml:${line}: error service-only-api-port`,
    );
  });

  it('reads what Kubernetes reads: YAML 1.1, where yes is true', () => {
    const text = GOOD.replace('enableServiceLinks: false', 'enableServiceLinks: no\n      hostNetwork: yes');
    expect(cli(['check', 'DIR'], { 'nim.yaml': text }).out).toContain('hostNetwork is true');
  });

  it('keeps dates as texts', () => {
    const text = `${CONFIG_MAP}data:\n  day: 2026-01-01\n`;
    expect(cli(['check', 'DIR'], { 'a.yaml': text }).code).toBe(0);
  });

  it('reads aliases', () => {
    const text = `${CONFIG_MAP.replace('name: a', 'name: a\n  labels: &labels {a: b}\n  annotations: *labels')}`;
    expect(cli(['check', 'DIR'], { 'a.yaml': text }).code).toBe(0);
  });

  it('checks for one version of Kubernetes', () => {
    const path = 'spec.template.spec.containers.0.livenessProbe.httpGet.host';
    const files = { 'nim.yaml': yaml(nimWith(['Deployment', path, 'localhost'])) };
    expect(cli(['check', '--kubernetes-version', '1.30', 'DIR'], files).code).toBe(0);
    expect(cli(['check', '--kubernetes-version', 'v1.34.2', 'DIR'], files).code).toBe(1);
    expect(cli(['check', 'DIR'], files).code).toBe(1);
  });

  it('says which kinds it does not know', () => {
    const { code, out } = cli(['check', 'DIR'], {
      'a.yaml': 'apiVersion: example.com/v1\nkind: Gadget\nmetadata: {name: a}\n',
    });
    expect(code).toBe(0);
    expect(out).toContain('DIR/a.yaml: not checked: Gadget a (example.com/v1): no rule knows its fields');
  });

  it('takes acknowledgements from a file, and prints them', () => {
    const config = stringify({ acknowledgements: [{ rule: 'service-only-api-port', reason: 'a test cluster' }] });
    const { code, out } = cli(['check', '--config', 'DIR/guardrails.yaml', 'DIR/nim'], {
      'nim/nim.yaml': ERROR,
      'guardrails.yaml': config,
    });
    expect(code).toBe(0);
    expect(out).toMatch(
      /acknowledged service-only-api-port: Service embeddings\/text-embedding: spec\.type\n {2}reason: a test cluster/,
    );
  });

  it('takes acknowledgements from annotations', () => {
    const annotation = 'metadata.annotations[cdk8s-nim/acknowledge-service-only-api-port]';
    const objects = nimWith(['Service', 'spec.type', 'NodePort'], ['Service', annotation, 'a test cluster']);
    expect(cli(['check', 'DIR'], { 'nim.yaml': yaml(objects) }).code).toBe(0);
  });

  it('prints JSON', () => {
    const { code, out } = cli(['check', '--format', 'json', 'DIR'], { 'nim.yaml': ERROR });
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      findings: [
        {
          rule: 'service-only-api-port',
          level: 'error',
          apiVersion: 'v1',
          kind: 'Service',
          namespace: 'embeddings',
          name: 'text-embedding',
          path: 'spec.type',
          file: 'DIR/nim.yaml',
        },
      ],
      acknowledged: [],
      notChecked: [],
      problems: [],
      objects: COUNT,
    });
  });

  it('prints SARIF with every rule, places, and acknowledged findings as suppressed', () => {
    const annotation = 'metadata.annotations[cdk8s-nim/acknowledge-no-service-links]';
    const objects = nimWith(
      ['Service', 'spec.type', 'NodePort'],
      ['Deployment', 'spec.template.spec.enableServiceLinks', true],
      ['Deployment', annotation, 'the old client'],
    );
    const { out } = cli(['check', '--format', 'sarif', 'DIR'], { 'nim.yaml': yaml(objects), 'b.yaml': 'a: b\n' });
    expect(JSON.parse(out)).toMatchObject({
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'cdk8s-nim',
              version,
              rules: [...RULES.map(({ id }) => ({ id })), { id: 'acknowledgement' }],
            },
          },
          results: [
            {
              ruleId: 'service-only-api-port',
              level: 'error',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'file://DIR/nim.yaml' },
                    region: {
                      startLine:
                        yaml(objects)
                          .split('\n')
                          .findIndex((text) => text.includes('NodePort')) + 1,
                    },
                  },
                },
              ],
            },
            { ruleId: 'no-service-links', suppressions: [{ kind: 'external', justification: 'the old client' }] },
          ],
          invocations: [{ executionSuccessful: false, toolExecutionNotifications: [{ level: 'error' }] }],
        },
      ],
    });
  });

  it('prints SARIF that names files as they are named, with what a URL cannot hold encoded', () => {
    const { out } = cli(['check', '--format', 'sarif', 'DIR/a #1%/é?.yaml'], { 'a #1%/é?.yaml': ERROR });
    expect(out).toContain('"uri": "file://DIR/a%20%231%25/%C3%A9%3F.yaml"');
  });

  it('prints SARIF in which every result has a place, also an acknowledgement that matches nothing', () => {
    const config = 'acknowledgements:\n  # what was\n  - rule: probes\n    reason: a\n';
    const { out } = cli(['check', '--format', 'sarif', '--config', 'DIR/config.yaml', 'DIR/nim.yaml'], {
      'nim.yaml': GOOD,
      'config.yaml': config,
    });
    expect(JSON.parse(out)).toMatchObject({
      runs: [
        {
          results: [
            {
              ruleId: 'acknowledgement',
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'file://DIR/config.yaml' },
                    region: { startLine: 3 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('takes its options from a file', () => {
    const run = (options: object): number =>
      cli(['check', '--config', 'DIR/guardrails.yaml', 'DIR'], {
        'nim.yaml': WARNING,
        'guardrails.yaml': stringify(options),
      }).code;
    expect(run({})).toBe(0);
    expect(run({ strict: true })).toBe(1);
    expect(run({ kubernetesVersion: '1.30' })).toBe(0);
  });

  it('prints its version', () => {
    expect(cli(['--version'])).toEqual({ code: 0, out: `${version}\n`, error: '' });
  });

  it('prints how it is used, as docs/guardrails.md has it', () => {
    expect(readFileSync('docs/guardrails.md', 'utf8')).toContain(`\`\`\`text\n${cli(['--help']).out}\`\`\``);
  });

  it('prints how it is used', () => {
    expect(cli(['--help'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Usage: cdk8s-nim check') as unknown,
    });
  });
});

describe('cdk8s-nim refuses', () => {
  it.each([
    [[], 'no command was given'],
    [['lint'], 'there is no command "lint"'],
    [['check'], 'check what? Name a folder or files'],
    [['check', '--format', 'xml', 'a'], '--format xml: write one of human, json, sarif'],
    [['check', '--kubernetes-version', '1.12', 'a'], '--kubernetes-version: "1.12" is refused'],
    [['check', '--verbose', 'a'], "Unknown option '--verbose'"],
  ])('%j', (args, message) => {
    const { code, error } = cli(args);
    expect(code).toBe(2);
    expect(error).toContain(`error: ${message}`);
    expect(error).toContain('Usage:');
  });

  it.each([
    [
      'acknowledgements: a',
      '--config DIR/config.yaml: the configuration acknowledgements: "a" is refused: it has to be a list',
    ],
    ['kubernetesVersion: 1.30', 'the configuration kubernetesVersion: 1.3 is refused: it has to be a text'],
    ['a: [', '--config DIR/config.yaml: '],
  ])('the configuration %s', (config, message) => {
    const { code, error } = cli(['check', '--config', 'DIR/config.yaml', 'DIR/a.yaml'], {
      'config.yaml': config,
      'a.yaml': GOOD,
    });
    expect(code).toBe(2);
    expect(error).toContain(message);
  });

  it('a configuration that is not there', () => {
    expect(cli(['check', '--config', 'DIR/none.yaml', 'DIR/a.yaml'], { 'a.yaml': GOOD })).toMatchObject({ code: 2 });
  });
});

describe('bad input to cdk8s-nim check:', () => {
  const problem = (files: Record<string, string>, more?: (directory: string) => void, path = 'DIR'): string => {
    const { code, out, error } = cli(['check', path], files, more);
    expect(code).toBe(2);
    expect(error).toBe('');
    return out;
  };

  it('a file that is not YAML', () => {
    expect(problem({ 'a.yaml': 'a: b: c\n' })).toMatch(/^DIR\/a\.yaml:1: problem: it is not YAML: /);
  });

  it('bytes that are no text', () => {
    expect(problem({ 'a.yaml': '\u0000\u0001\u0002' })).toMatch(/^DIR\/a\.yaml:1: problem: it is/);
  });

  it('a template that nobody rendered', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.name }}\n';
    expect(problem({ 'a.yaml': text })).toMatch(
      /^DIR\/a\.yaml:4: problem: it is not YAML: .*; it looks like a template: render templates before/,
    );
  });

  it.each([
    [
      'in quotes',
      'metadata:\n  name: "{{ .Release.Name }}"\n',
      'the name "{{ .Release.Name }}" is not rendered: it looks',
    ],
    ['with blocks', '{{- if .Values.a }}\nmetadata: [\n{{- end }}\n', '; it looks like a template'],
  ])('a template that nobody rendered, %s', (_, text, message) => {
    expect(problem({ 'a.yaml': `apiVersion: v1\nkind: ConfigMap\n${text}` })).toContain(message);
  });

  it('input of kustomize', () => {
    const text = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n';
    expect(problem({ 'kustomization.yaml': text })).toContain(
      'it is input of kustomize: check what `kustomize build` prints',
    );
  });

  it('YAML that is no Kubernetes object', () => {
    expect(problem({ 'values.yaml': 'replicas: 3\n' })).toContain(
      'DIR/values.yaml:1: problem: it is no Kubernetes object: apiVersion and kind are missing',
    );
  });

  it('the line of the document that is no Kubernetes object', () => {
    expect(problem({ 'a.yaml': `${CONFIG_MAP}---\nreplicas: 3\n` })).toContain(
      'DIR/a.yaml:6: problem: it is no Kubernetes',
    );
  });

  it('something that is no object in a list', () => {
    expect(problem({ 'a.yaml': 'apiVersion: v1\nkind: List\nitems: [a]\n' })).toContain('it is no Kubernetes object');
  });

  it('an empty folder', () => {
    expect(problem({})).toContain('DIR: problem: the folder has no file named *.yaml, *.yml or *.json');
  });

  it('a file without objects', () => {
    expect(problem({ 'a.yaml': '# nothing\n---\n' })).toContain('DIR: problem: there is no Kubernetes object in it');
  });

  it('a file of 100 MB', () => {
    const size = 100 * 1024 * 1024;
    const out = problem({}, (directory) => {
      writeFileSync(join(directory, 'a.yaml'), '');
      truncateSync(join(directory, 'a.yaml'), size);
    });
    expect(out).toMatch(/a\.yaml: problem: 100 MiB are refused: a file may have 10 MiB; split it/);
  });

  it('an alias that holds itself', () => {
    expect(problem({ 'a.yaml': `${CONFIG_MAP}data: &a\n  self: *a\n` })).toContain('an alias holds itself');
  });

  it('aliases that multiply', () => {
    const levels = 'bcdefghij'
      .split('')
      .map((name, index) => `  ${name}: &${name} [${`*${'abcdefghij'[index] ?? ''},`.repeat(9)}]`);
    const text = `${CONFIG_MAP}data:\n  a: &a [${'x,'.repeat(9)}]\n${levels.join('\n')}\n`;
    expect(problem({ 'a.yaml': text })).toMatch(/a\.yaml:1: problem: Excessive alias count/);
  });

  it('nesting without an end', () => {
    expect(problem({ 'a.yaml': `${CONFIG_MAP}data: ${'['.repeat(200)}${']'.repeat(200)}\n` })).toContain(
      'nested deeper than 100',
    );
    expect(problem({ 'a.yaml': `${CONFIG_MAP}data: ${'['.repeat(200_000)}` })).toMatch(/a\.yaml(:\d+)?: problem: /);
  });

  it('a key that is there twice', () => {
    expect(problem({ 'a.yaml': `${CONFIG_MAP}kind: Secret\n` })).toMatch(
      /a\.yaml:5: problem: it is not YAML: the key "kind" is there twice/,
    );
  });

  it('a file that is not there', () => {
    expect(problem({}, undefined, 'DIR/none.yaml')).toContain(
      'DIR/none.yaml: problem: there is no such file or folder',
    );
  });

  it('a symbolic link to itself', () => {
    const out = problem({}, (directory) => symlinkSync('loop.yaml', join(directory, 'loop.yaml')), 'DIR/loop.yaml');
    expect(out).toContain('DIR/loop.yaml: problem: its symbolic links lead in a circle');
  });

  it('a symbolic link to nothing', () => {
    const out = problem({}, (directory) => symlinkSync('none', join(directory, 'a.yaml')));
    expect(out).toContain('DIR/a.yaml: problem: there is no such file or folder');
  });

  it('still checks the rest', () => {
    expect(problem({ 'a.yaml': 'a: b: c\n', 'nim.yaml': ERROR })).toContain('error service-only-api-port');
  });

  it('still checks the rest of a folder in which a file cannot be read', () => {
    const out = problem({ 'nim.yaml': ERROR }, (directory) => {
      symlinkSync('none', join(directory, 'a.yaml'));
      writeFileSync(join(directory, 'b.yaml'), '');
      truncateSync(join(directory, 'b.yaml'), 11 * 1024 * 1024);
    });
    expect(out).toContain('error service-only-api-port');
    expect(out).toContain('DIR/a.yaml: problem: ');
    expect(out).toContain('DIR/b.yaml: problem: 11 MiB are refused');
  });

  it('something to leave out that is not there', () => {
    const { code, out } = cli(['check', '--exclude', 'DIR/none', 'DIR/nim.yaml'], { 'nim.yaml': GOOD });
    expect(code).toBe(2);
    expect(out).toContain('DIR/none: problem: there is no such file or folder');
  });
});

describe('cdk8s-nim check on folders', () => {
  it('reads a folder once that symbolic links lead to again', () => {
    const { code, out } = cli(['check', 'DIR'], { 'nim.yaml': GOOD, 'sub/a.yaml': CONFIG_MAP }, (directory) => {
      symlinkSync('..', join(directory, 'sub/loop'));
    });
    expect(out).toContain(`${COUNT + 1} objects, 0 errors`);
    expect(code).toBe(0);
  });

  it('reads a file once, however often it is named', () => {
    const { out } = cli(
      ['check', 'DIR', 'DIR/', 'DIR/nim.yaml', 'DIR/link.yaml'],
      { 'nim.yaml': GOOD },
      (directory) => {
        symlinkSync('nim.yaml', join(directory, 'link.yaml'));
      },
    );
    expect(out).toBe(`${COUNT} objects, 0 errors, 0 warnings, 0 acknowledged, 0 not checked, 0 problems\n`);
  });

  it('leaves out what is excluded, and its own configuration', () => {
    const args = ['--exclude', 'DIR/values', '--exclude', 'DIR/bad.yaml', '--config', 'DIR/guardrails.yaml'];
    const { out } = cli(['check', ...args, 'DIR'], {
      'nim.yaml': GOOD,
      'bad.yaml': 'a: b',
      'guardrails.yaml': 'strict: true',
      'values/production.yaml': 'a: b',
    });
    expect(out).toBe(`${COUNT} objects, 0 errors, 0 warnings, 0 acknowledged, 0 not checked, 0 problems\n`);
  });

  it('leaves out what is hidden, installed packages and the metadata of cdk8s', () => {
    const { out } = cli(['check', 'DIR'], {
      'nim.yaml': GOOD,
      '.sops.yaml': 'creation_rules: []',
      '.github/workflow.yaml': 'on: push\n',
      'node_modules/a/b.yaml': 'a: b\n',
      'construct-metadata.json': '{}',
      'README.md': '# a',
    });
    expect(out).toBe(`${COUNT} objects, 0 errors, 0 warnings, 0 acknowledged, 0 not checked, 0 problems\n`);
  });
});
