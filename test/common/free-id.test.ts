import { Construct } from 'constructs';
import { expect, it } from 'vitest';
import { freeId } from '../../lib/common/free-id';
import { testChart } from '../support/manifests';

it('is the id, then the id with a number', () => {
  const chart = testChart();
  const made = [1, 2, 3].map(() => new Construct(chart, freeId(chart, 'peer')).node.id);
  expect(made).toEqual(['peer', 'peer2', 'peer3']);
});
