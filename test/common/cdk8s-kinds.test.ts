import { Duration, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import {
  configMap,
  construct,
  cpu,
  duration,
  peer,
  persistentVolumeClaim,
  requirePlace,
  secret,
  serviceAccount,
  size,
} from '../../lib/common/cdk8s-kinds';
import { invalid } from '../../lib/common/invalid';
import type { AnyKind } from '../../lib/common/kinds';
import { testChart } from '../support/manifests';
import { messageOf } from '../support/refusals';

const chart = testChart();
const OBJECTS = {
  duration: Duration.seconds(1),
  size: Size.gibibytes(1),
  cpu: kplus.Cpu.units(1),
  secret: kplus.Secret.fromSecretName(chart, 'secret', 'a'),
  persistentVolumeClaim: kplus.PersistentVolumeClaim.fromClaimName(chart, 'claim', 'a'),
  configMap: kplus.ConfigMap.fromConfigMapName(chart, 'map', 'a'),
  serviceAccount: kplus.ServiceAccount.fromServiceAccountName(chart, 'account', 'a'),
  peer: kplus.Pods.select(chart, 'pods', { labels: { app: 'a' } }),
  construct: chart,
};
const KINDS: Record<keyof typeof OBJECTS, AnyKind> = {
  duration,
  size,
  cpu,
  secret,
  persistentVolumeClaim,
  configMap,
  serviceAccount,
  peer,
  construct,
};
/** Every construct is one, whatever else it is. */
const ALSO_CONSTRUCTS = ['secret', 'persistentVolumeClaim', 'configMap', 'serviceAccount', 'peer'];

describe('an object of cdk8s', () => {
  it.each(Object.entries(KINDS))('is told from all others: %s', (name, kind) => {
    const taken = Object.entries(OBJECTS).filter(([, value]) => kind.problems('a', value).length === 0);
    expect(taken.map(([other]) => other)).toEqual([...(name === 'construct' ? ALSO_CONSTRUCTS : []), name]);
  });

  it.each(Object.entries(KINDS))('is not a text, nothing or an empty object: %s', (_, kind) => {
    for (const value of ['a', null, {}]) expect(kind.problems('a', value)).toHaveLength(1);
  });

  it('of another copy serves as well, because it can do the same', () => {
    class Duration {
      public toSeconds = (): number => 30;
      public toHumanString = (): string => '30 seconds';
    }
    class Cpu {
      public readonly amount = '4';
    }
    expect(duration.problems('timeout', new Duration())).toEqual([]);
    expect(cpu.problems('cpu', new Cpu())).toEqual([]);
  });

  it('is asked for with what makes it', () => {
    expect(invalid(...size.problems('size', '50Gi')).message).toBe(
      'size: "50Gi" is refused: it has to be a Size of cdk8s; write for example Size.gibibytes(50) or Size.mebibytes(512)',
    );
  });
});

describe('the place of a construct', () => {
  it('is a construct and a text', () => {
    expect(requirePlace('Thing', chart, 'id')).toEqual([chart, 'id']);
  });

  it.each([
    ['a', 'id', 'Thing scope: "a" is refused: it has to be a construct'],
    [chart, 7, 'Thing id: 7 is refused: it has to be a text'],
  ])('is refused where it is none: %#', (scope, id, message) => {
    expect(messageOf(() => requirePlace('Thing', scope as never, id as never))).toContain(message);
  });
});
