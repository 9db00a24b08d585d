import { type Rule, RuleLevel } from './rule';
import { fieldsAt, listAt } from './support/fields';
import { servingNims } from './support/nim';
import { quantity } from './support/quantities';

/** What the device plugin and its partitions are called: `nvidia.com/gpu`, `nvidia.com/gpu.shared`, `nvidia.com/mig-1g.10gb`. */
const GPU_RESOURCE = /^nvidia\.com\/(gpu|mig-)/;

export const nimGpu: Rule = {
  id: 'nim-gpu',
  level: RuleLevel.ERROR,
  what: 'The container of a NIM has a limit for a GPU.',
  why: 'Without it the pod is put on any node and finds no GPU, or all of them.',
  fix: 'set resources.limits with nvidia.com/gpu or a MIG resource, or a resource claim',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return (pod === undefined ? [] : servingNims(pod))
      .filter(
        ({ fields }) =>
          listAt(fields, 'resources', 'claims').length === 0 &&
          !Object.entries(fieldsAt(fields, 'resources', 'limits')).some(
            ([name, amount]) => GPU_RESOURCE.test(name) && quantity(amount) !== 0,
          ),
      )
      .map(({ path }) => ({ path: [...path, 'resources', 'limits'], message: 'there is no GPU among the limits' }));
  },
};
