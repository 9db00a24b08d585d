import { describe, expect, it } from 'vitest';
import { requireOptions } from '../../lib/guardrails/guardrails-options';
import { RULES } from '../../lib/guardrails/rules';

const given = { rule: 'probes', reason: 'a node agent' };

describe('the options of the guardrails', () => {
  it.each<[object]>([
    [{}],
    [{ kubernetesVersion: '1.30', strict: false, acknowledgements: [] }],
    [{ acknowledgements: [given, { ...given, kind: 'Job', namespace: 'a', name: 'b', field: 'spec.template' }] }],
    [{ acknowledgements: [{ ...given, rule: '*', kind: 'Job' }] }],
    [{ acknowledgements: [{ ...given, rule: '*', namespace: 'website' }] }],
    [{ acknowledgements: [{ ...given, rule: '*', name: 'migrate' }] }],
  ])('are taken as they are: %j', (options) => {
    expect(requireOptions('guardrails', options, RULES)).toBe(options);
  });

  it.each<[unknown, string]>([
    [
      ['a'],
      'guardrails: ["a"] is refused: it has to be an object with props; write { kubernetesVersion: …, acknowledgements: …, strict: …, nimOnly: …, controllers: …, rules: … }',
    ],
    ['strict', 'guardrails: "strict" is refused: it has to be an object with props'],
    [{ strct: true }, 'guardrails prop: "strct" is refused: there is none of that name'],
    [{ strict: 'yes' }, 'guardrails strict: "yes" is refused: it has to be a switch; write true or false'],
    [
      { kubernetesVersion: 1.3 },
      'guardrails kubernetesVersion: 1.3 is refused: it has to be a text; in YAML, 1.30 without quotes is the number 1.3; write it in quotes, for example "1.30"',
    ],
    [{ kubernetesVersion: '1.12' }, 'guardrails kubernetesVersion: "1.12" is refused: the rules know Kubernetes'],
    [
      { acknowledgements: 'probes' },
      'guardrails acknowledgements: "probes" is refused: it has to be a list; write [ … ], and for each item { rule: …, reason: … }',
    ],
  ])('are not %j', (options, message) => {
    expect(() => requireOptions('guardrails', options, RULES)).toThrow(message);
  });
});

describe('an acknowledgement in the options', () => {
  const refusalOf = (entry: unknown) => () => requireOptions('guardrails', { acknowledgements: [given, entry] }, RULES);

  it.each<[unknown, string]>([
    ['probes', '"probes" is refused: it has to be an object with props; write { rule: …, reason: … }'],
    [null, 'null is refused: it has to be an object with props'],
    [{ ...given, nme: 'a' }, ' prop: "nme" is refused: there is none of that name'],
    [{ reason: 'a' }, ' rule: nothing is given: it is required'],
    [{ rule: 'probes' }, ' reason: nothing is given: it is required'],
    [{ ...given, reason: ' ' }, ' reason: " " is refused: it is empty; write why the finding may stay'],
    [{ ...given, name: 1 }, ' name: 1 is refused: it has to be a text; write a text in quotes'],
    [{ ...given, rule: 'probe' }, ' rule: "probe" is refused: there is no such rule; write one of no-literal-secret, '],
    [
      { ...given, rule: '*', field: 'spec' },
      ' rule: "*" is refused: it would accept everything; name the kind, the namespace or the name of the objects that it is for',
    ],
  ])('is not %j', (entry, message) => {
    expect(refusalOf(entry)).toThrow('guardrails acknowledgements[1]');
    expect(refusalOf(entry)).toThrow(message);
  });
});
