import { at } from '../../../manifests/fields';
import { groupKindOf, type Manifest, nameOf, namespaceOf } from '../../../manifests/manifest';
import { listed } from '../../../manifests/named-objects';
import { quantity } from '../../../manifests/quantities';
import type { FieldChange } from '../fields';
import type { ObjectChange } from '../objects';
import type { ChangeWarning } from './warning';

/** What the API server never changes in a kind, and what it costs to make the object anew. */
interface Immutable {
  /** The fields, or all below one of them but some. */
  readonly fields: readonly string[];
  readonly except?: readonly string[];
  readonly loss: string;
}

const POD_LOSS = 'its pods stop with it, and nothing serves until new ones are ready';
const WORKLOAD: Immutable = { fields: ['spec.selector'], loss: POD_LOSS };
const ROLE: Immutable = { fields: ['roleRef'], loss: 'its accounts have no rights until it is there again' };

// ValidateXxxUpdate in pkg/apis/*/validation of Kubernetes.
const IMMUTABLE: Readonly<Record<string, Immutable>> = {
  'apps/Deployment': WORKLOAD,
  'apps/DaemonSet': WORKLOAD,
  'apps/ReplicaSet': WORKLOAD,
  'apps/StatefulSet': {
    fields: ['spec'],
    except: [
      'spec.minReadySeconds',
      'spec.ordinals',
      'spec.persistentVolumeClaimRetentionPolicy',
      'spec.replicas',
      'spec.revisionHistoryLimit',
      'spec.template',
      'spec.updateStrategy',
    ],
    loss: `${POD_LOSS}; with --cascade=orphan they go on`,
  },
  'batch/Job': {
    fields: ['spec.template', 'spec.selector', 'spec.completionMode', 'spec.podFailurePolicy', 'spec.successPolicy'],
    loss: 'what it has done is not undone, and the new one runs from the start',
  },
  '/PersistentVolumeClaim': {
    fields: ['spec'],
    except: ['spec.resources', 'spec.volumeAttributesClassName'],
    loss: 'with the reclaim policy Delete, the usual one, its volume and the model on it go too, once no pod mounts it',
  },
  'rbac.authorization.k8s.io/RoleBinding': ROLE,
  'rbac.authorization.k8s.io/ClusterRoleBinding': ROLE,
};
const CLAIM_SIZE = 'spec.resources.requests.storage';
const FIXED_DATA: Immutable = {
  fields: ['data', 'binaryData', 'stringData', 'immutable'],
  loss: 'pods that start meanwhile wait for it',
};

/** Fields that the API server refuses to change: the sync fails. */
export function immutableFields(changes: readonly ObjectChange[]): ChangeWarning[] {
  return changes.flatMap(({ before, after, fields }) => {
    const immutable = before === undefined ? undefined : immutableOf(before.object);
    if (immutable === undefined || after === undefined) {
      return [];
    }
    const { object } = after;
    const { fields: fixed, except = [], loss } = immutable;
    const effect = isMadeAnew(object)
      ? `Argo CD deletes the object and makes it anew, as its annotations ask for; ${loss}`
      : refusalOf(object, loss);
    return fields.flatMap((field) => {
      const isFixed = isBelow(field.path, fixed) && !isBelow(field.path, except);
      const message = isFixed ? 'the field is immutable' : whyNotSmaller(field);
      return message === undefined ? [] : [{ object, path: field.path, message, effect }];
    });
  });
}

function refusalOf(object: Manifest, loss: string): string {
  const command = `kubectl delete ${object.kind.toLowerCase()} ${nameOf(object)}${namespaceOption(object)}`;
  return `the API server refuses the change, and every sync of it fails until somebody deletes the object: ${command}; ${loss}. A new name makes a new object beside the old one`;
}

/** Whether Argo CD deletes an object before it applies the next one: hooks by default, others when they ask for it. */
function isMadeAnew(object: Manifest): boolean {
  const options = listed(object, 'argocd.argoproj.io/sync-options');
  const policies = listed(object, 'argocd.argoproj.io/hook-delete-policy');
  return (
    ['Force=true', 'Replace=true'].every((option) => options.includes(option)) ||
    (listed(object, 'argocd.argoproj.io/hook').length > 0 &&
      (policies.length === 0 || policies.includes('BeforeHookCreation')))
  );
}

/** A claim may ask for more, and never for less. */
function whyNotSmaller({ path, before, after }: FieldChange): string | undefined {
  const [was, is] = [quantity(before), quantity(after)];
  return path === CLAIM_SIZE && was !== undefined && is !== undefined && is < was
    ? 'a claim does not get smaller'
    : undefined;
}

function immutableOf(object: Manifest): Immutable | undefined {
  const groupKind = groupKindOf(object);
  const isFixed = at(object, 'immutable') === true && ['/ConfigMap', '/Secret'].includes(groupKind);
  return isFixed ? FIXED_DATA : IMMUTABLE[groupKind];
}

function isBelow(path: string, fields: readonly string[]): boolean {
  return fields.some((field) => path === field || path.startsWith(`${field}.`) || path.startsWith(`${field}[`));
}

function namespaceOption(object: Manifest): string {
  const namespace = namespaceOf(object);
  return namespace === '' ? '' : ` --namespace ${namespace}`;
}
