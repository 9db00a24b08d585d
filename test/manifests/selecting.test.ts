import { describe, expect, it } from 'vitest';
import { nameOf } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { budgetsOf, podsOfService, policiesOf } from '../../lib/manifests/selecting';
import { deployment, object, ownersOf } from '../support/objects';

describe('the pods of a Service', () => {
  const manifests = new Manifests([deployment('a', { app: 'a' }), deployment('b', { app: 'b' }), deployment('c')]);

  it.each<[string, object, string[]]>([
    ['with labels', { selector: { app: 'a' } }, ['a']],
    ['with labels that no pod has', { selector: { app: 'c' } }, []],
    ['with an empty selector', { selector: {} }, []],
    ['without a selector', {}, []],
  ])('%s', (_, spec, expected) => {
    expect(ownersOf(podsOfService(object('/Service', 'a', spec), manifests))).toEqual(expected);
    expect(podsOfService(object('/Service', 'a', spec, 'other'), manifests)).toEqual([]);
  });
});

describe('what selects the pods of a workload', () => {
  const workload = deployment('a', { app: 'a' });
  const others = [deployment('b', { app: 'b' }), deployment('elsewhere', { app: 'a' }, 'other')];

  const selecting = (
    groupKind: string,
    spec: object,
  ): { readonly budgets: string[]; readonly policies: string[] }[] => {
    const manifests = new Manifests([workload, ...others, object(groupKind, 'selecting', spec)]);
    return [workload, ...others].map((of) => {
      const pod = manifests.podOf(of);
      return pod === undefined
        ? { budgets: [], policies: [] }
        : { budgets: budgetsOf(pod, manifests).map(nameOf), policies: policiesOf(pod, manifests).map(nameOf) };
    });
  };
  const nothing = { budgets: [], policies: [] };
  const budget = { budgets: ['selecting'], policies: [] };
  const policy = { budgets: [], policies: ['selecting'] };

  it.each([
    ['with labels', { selector: { matchLabels: { app: 'a' } } }, [budget, nothing, nothing]],
    ['with an empty selector', { selector: {} }, [budget, budget, nothing]],
    ['without a selector', {}, [nothing, nothing, nothing]],
    ['with null for a selector', { selector: null }, [nothing, nothing, nothing]],
  ])('is a PodDisruptionBudget %s', (_, spec, expected) => {
    expect(selecting('policy/PodDisruptionBudget', spec)).toEqual(expected);
  });

  it.each([
    ['with labels', { podSelector: { matchLabels: { app: 'a' } } }, [policy, nothing, nothing]],
    ['with an empty selector', { podSelector: {} }, [policy, policy, nothing]],
    ['without a selector', {}, [policy, policy, nothing]],
  ])('is a NetworkPolicy %s', (_, spec, expected) => {
    expect(selecting('networking.k8s.io/NetworkPolicy', spec)).toEqual(expected);
  });
});
