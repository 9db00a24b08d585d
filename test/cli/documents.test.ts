import { describe, expect, it } from 'vitest';
import { cli, CONFIG_MAP, COUNT, ERROR, GOOD, problem } from '../support/command-line';
import { nimObjects } from '../support/rules';

describe('a file', () => {
  it('reads JSON', () => {
    expect(
      cli(['check', 'DIR'], { 'list.json': JSON.stringify({ apiVersion: 'v1', kind: 'List', items: nimObjects() }) })
        .out,
    ).toBe(`${COUNT} objects, 0 errors, 0 warnings, 0 acknowledged, 0 not checked, 0 problems\n`);
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
});

describe('bad input to cdk8s-nim check:', () => {
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
    expect(problem({ 'a.yaml': `${CONFIG_MAP}data: ${'['.repeat(20_000)}` })).toMatch(/a\.yaml(:\d+)?: problem: /);
  });

  it('a key that is there twice', () => {
    expect(problem({ 'a.yaml': `${CONFIG_MAP}kind: Secret\n` })).toMatch(
      /a\.yaml:5: problem: it is not YAML: the key "kind" is there twice/,
    );
  });

  it('still checks the rest', () => {
    expect(problem({ 'a.yaml': 'a: b: c\n', 'nim.yaml': ERROR })).toContain('error service-only-api-port');
  });
});
