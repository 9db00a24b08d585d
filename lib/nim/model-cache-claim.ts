import type { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { KEEP_ON_DELETION, prerequisiteAnnotation } from '../common/annotations';
import { addObject } from '../common/api-object';
import { defined } from '../common/defined';
import { invalid } from '../common/invalid';
import { sizeQuantity } from '../common/quantities';
import type { NimInitContainer } from './init-container';
import { type ModelCache, ModelCacheKind } from './model-cache';

const FILL_BY_HAND = {
  [prerequisiteAnnotation('model')]: 'the pods are air-gapped: put the model into this claim before they start',
};

/** Renders the claim of `ModelCache.claim`; the other kinds of cache need none. */
export function modelCacheClaim(
  scope: Construct,
  instance: string,
  labels: Record<string, string>,
  cache: ModelCache,
  filledByHand: boolean,
): ApiObject | undefined {
  if (cache.kind !== ModelCacheKind.CLAIM || cache.size === undefined || cache.accessMode === undefined) {
    return undefined;
  }
  const storage = sizeQuantity('ModelCache.claim size', cache.size);
  return addObject(scope, 'ModelCache', k8s.KubePersistentVolumeClaim, {
    metadata: {
      name: `${instance}-model-cache`,
      labels,
      annotations: { ...KEEP_ON_DELETION, ...(filledByHand ? FILL_BY_HAND : {}) },
    },
    spec: defined({
      accessModes: [cache.accessMode],
      storageClassName: cache.storageClassName,
      resources: { requests: { storage: k8s.Quantity.fromString(storage) } },
    }),
  });
}

/** What a workload says of a claim that nobody renders with it; `undefined` for the other kinds of cache. */
export function existingClaimNote(cache: ModelCache | undefined): Record<string, string> | undefined {
  const claim = cache?.persistentVolumeClaim;
  return claim === undefined
    ? undefined
    : { [prerequisiteAnnotation('model-cache')]: `the claim ${claim.name} exists before the pods start` };
}

/** Whether somebody has to put the model into the cache by hand: an air-gapped NIM downloads nothing. */
export function isFilledByHand(
  cache: ModelCache,
  airGapped: boolean,
  initContainers: readonly NimInitContainer[],
): boolean {
  if (airGapped && cache.prefetch !== undefined) {
    throw invalid({
      what: 'NimDeployment modelCache',
      value: 'ModelCache.prefetched',
      because: 'the credentials are air-gapped, so its Job has no NGC API key to download with',
      instead: 'name a filled claim with ModelCache.existingClaim(…), or use credentials with an API key',
    });
  }
  const byHand = airGapped && !initContainers.some((init) => init.withModelCache === true);
  if (byHand && cache.kind === ModelCacheKind.EPHEMERAL) {
    throw invalid({
      what: 'NimDeployment modelCache',
      value: cache.kind,
      because: 'the credentials are air-gapped, so the NIM downloads nothing, and the cache would stay empty',
      instead:
        'name a filled claim with ModelCache.existingClaim(…), or add an init container with withModelCache: true that fills it',
    });
  }
  return byHand;
}
