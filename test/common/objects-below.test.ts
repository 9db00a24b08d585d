import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { expect, it } from 'vitest';
import { objectsBelow } from '../../lib/common/objects-below';

it('finds the objects below a construct, whoever made them, and the construct itself when it is one', () => {
  const chart = new Chart(new App(), 'chart');
  const group = new Construct(chart, 'group');
  const inside = new ApiObject(group, 'inside', { apiVersion: 'v1', kind: 'ConfigMap' });
  const outside = new ApiObject(chart, 'outside', { apiVersion: 'v1', kind: 'Secret' });
  expect(objectsBelow(group)).toEqual([inside]);
  expect(objectsBelow(chart)).toEqual([inside, outside]);
  expect(objectsBelow(outside)).toEqual([outside]);
});
