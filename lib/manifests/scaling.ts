import { at, textAt } from './fields';
import { groupKindOf, groupOf, type Manifest, nameOf, namespaceOf } from './manifest';

/** What an autoscaler scales, as a key for look-ups. */
export function scaleTarget(autoscaler: Manifest): string {
  const reference = at(autoscaler, 'spec', 'scaleTargetRef');
  const group = groupOf({ apiVersion: textAt(reference, 'apiVersion') ?? '' });
  return `${group}/${textAt(reference, 'kind') ?? ''} ${namespaceOf(autoscaler)}/${textAt(reference, 'name') ?? ''}`;
}

/** A workload, as a key for look-ups. */
export function scaledObject(object: Manifest): string {
  return `${groupKindOf(object)} ${namespaceOf(object)}/${nameOf(object)}`;
}
