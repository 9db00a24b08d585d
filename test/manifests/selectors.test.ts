import { describe, expect, it } from 'vitest';
import { demandedLabels, demandsValue, isEmptySelector, selects } from '../../lib/manifests/selectors';

const LABELS = { app: 'embedding', tier: 'gpu' };

const expression = (key: string, operator: string, ...values: string[]): object => ({
  matchExpressions: [{ key, operator, ...(values.length > 0 ? { values } : {}) }],
});

describe('a LabelSelector', () => {
  it.each<[unknown]>([
    [{}],
    [undefined],
    [{ matchLabels: { app: 'embedding' } }],
    [{ matchLabels: LABELS }],
    [expression('app', 'In', 'reranking', 'embedding')],
    [expression('app', 'NotIn', 'reranking')],
    [expression('missing', 'NotIn', 'embedding')],
    [expression('app', 'Exists')],
    [expression('missing', 'DoesNotExist')],
    [expression('constructor', 'DoesNotExist')],
    [{ matchLabels: { app: 'embedding' }, ...expression('tier', 'Exists') }],
  ])('%j selects the labels', (selector) => {
    expect(selects(selector, LABELS)).toBe(true);
  });

  it.each<[unknown]>([
    [{ matchLabels: { app: 'reranking' } }],
    [{ matchLabels: { ...LABELS, missing: 'a' } }],
    [{ matchLabels: { app: 1 } }],
    [expression('app', 'In', 'reranking')],
    [expression('app', 'In')],
    [expression('missing', 'In', 'embedding')],
    [expression('app', 'NotIn', 'reranking', 'embedding')],
    [expression('missing', 'Exists')],
    [expression('constructor', 'Exists')],
    [expression('app', 'DoesNotExist')],
    [expression('app', 'Equals', 'embedding')],
    [{ matchExpressions: [{}] }],
    [{ matchLabels: { app: 'embedding' }, ...expression('tier', 'DoesNotExist') }],
    [{ matchLabels: { app: 'reranking' }, ...expression('tier', 'Exists') }],
  ])('%j does not select the labels', (selector) => {
    expect(selects(selector, LABELS)).toBe(false);
  });

  it.each<[unknown, boolean]>([
    [{}, true],
    [undefined, true],
    [{ matchLabels: {}, matchExpressions: [] }, true],
    [{ matchLabels: LABELS }, false],
    [expression('app', 'Exists'), false],
  ])('%j is empty: %s', (selector, expected) => {
    expect(isEmptySelector(selector)).toBe(expected);
  });

  it.each<[unknown, boolean]>([
    [{ matchLabels: { app: 'embedding' } }, true],
    [expression('app', 'In', 'embedding'), true],
    [expression('app', 'NotIn', 'embedding'), false],
    [expression('app', 'Exists'), false],
    [expression('app', 'DoesNotExist'), false],
    [{}, false],
    [undefined, false],
  ])('%j demands a value: %s', (selector, expected) => {
    expect(demandsValue(selector)).toBe(expected);
  });

  it('demands letter by letter what matchLabels names', () => {
    expect(demandedLabels({ matchLabels: LABELS, ...expression('other', 'In', 'a') })).toEqual(LABELS);
  });
});
