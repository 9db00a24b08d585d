import { Guardrails } from 'cdk8s-nim';
import { App, Chart } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { messageOf } from '../support/refusals';
import { check } from '../support/rules';
import { FOLDERS } from './manifests';
import { PROGRAMS } from './programs';

/** Programs and manifests as people write them, each with what is right. */
describe.each(Object.entries(PROGRAMS))('case %s', (_, programs) => {
  it.each(programs)('$about', ({ build, refused, findings = [], renders = [] }) => {
    const app = new App();
    const chart = new Chart(app, 'test', { namespace: 'embeddings' });
    if (refused !== undefined) {
      expect(messageOf(() => build(chart))).toContain(refused);
      return;
    }
    build(chart);
    const text = app.synthYaml();
    expect(renders.filter((part) => !text.includes(part))).toEqual([]);
    const found = Guardrails.of(app)
      .report()
      .findings.map(({ rule }) => rule);
    expect([...new Set(found)].sort()).toEqual([...findings].sort());
  });
});

describe.each(Object.entries(FOLDERS))('case %s', (_, folders) => {
  it.each(folders)('$about', ({ objects, findings, silent }) => {
    const found = check(objects).findings.map(({ rule }) => rule);
    if (silent === undefined) {
      expect(found.sort()).toEqual([...findings].sort());
    } else {
      expect(found).toEqual(expect.arrayContaining([...findings]));
      expect(found.filter((rule) => silent.includes(rule))).toEqual([]);
    }
  });
});
