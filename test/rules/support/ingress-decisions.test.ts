import { describe, expect, it } from 'vitest';
import { isDocumented } from '../../../lib/rules/support/ingress-decisions';
import { ingressWith } from '../../support/rules';

const documented = (annotation: string, reason = 'a proxy asks', kinds?: string[]): boolean =>
  isDocumented(ingressWith({ [annotation]: reason }), /^authentication$/, kinds);

describe('a decision', () => {
  it('is documented by an exception with a reason', () => {
    expect(documented('cdk8s-nim/exception-authentication')).toBe(true);
  });

  it('is documented by another kind of note, where that counts', () => {
    expect(documented('cdk8s-nim/prerequisite-authentication', 'a proxy asks', ['prerequisite'])).toBe(true);
    expect(documented('cdk8s-nim/prerequisite-authentication', 'a proxy asks', ['exception', 'prerequisite'])).toBe(
      true,
    );
    expect(documented('cdk8s-nim/prerequisite-authentication')).toBe(false);
  });

  it.each([
    'cdk8s-nim/exception-authentication-of-admins',
    'cdk8s-nim/exception-no-authentication',
    'cdk8s-nim/exceptional-authentication',
    'cdk8s-nim/exception',
    'cdk8s-nim/-authentication',
    'example.com/cdk8s-nim/exception-authentication',
    'exception-authentication',
  ])('is not documented by %s', (annotation) => {
    expect(documented(annotation)).toBe(false);
  });

  it('is not documented without a reason', () => {
    expect(documented('cdk8s-nim/exception-authentication', ' ')).toBe(false);
  });
});
