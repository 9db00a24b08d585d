import { describe, expect, it } from 'vitest';
import { countsOf, failing } from '../../lib/guardrails/report';
import { alone, check, nimWith } from '../support/rules';

const report = check([
  ...nimWith(['Service', 'spec.type', 'NodePort'], ['Deployment', 'spec.template.spec.enableServiceLinks', true]),
  ...alone('example.com/v1', 'Gadget'),
]);

describe('a report', () => {
  it.each([
    [{}, ['service-only-api-port']],
    [{ strict: false }, ['service-only-api-port']],
    [{ strict: true }, ['no-service-links', 'service-only-api-port']],
  ])('with the options %j fails for %j', (options, expected) => {
    expect(
      failing(report, options)
        .map(({ rule }) => rule)
        .sort(),
    ).toEqual(expected);
  });

  it('counts what is in it', () => {
    expect(countsOf(report)).toEqual({ errors: 1, warnings: 1, acknowledged: 0, 'not checked': 1 });
  });
});
