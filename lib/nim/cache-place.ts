import type { ContainerImage } from './container-image';
import type { ModelCache } from './model-cache';
import type { NimModel } from './nim-model';

/** The directories of one image in a volume that a Job fills. */
export interface CachePlace {
  /** The model. */
  readonly model: string;
  /** It exists once the model is complete. */
  readonly complete: string;
}

/** By model, version and profile: what another image downloads lies beside what an older one still serves. */
export function cachePlace({ subPath, prefetch }: ModelCache, model: NimModel, image: ContainerImage): CachePlace {
  const parts = [image.tag, image.digest?.replace('sha256:', '').slice(0, DIGEST_LENGTH), prefetch?.profile];
  const version = parts.filter((part) => part !== undefined).join('-');
  const directory = [subPath, model.id.replace('/', '.'), version].filter((part) => part !== undefined).join('/');
  return { model: `${directory}/model`, complete: `${directory}/complete` };
}

/** Enough of a digest to tell the images of a model apart. */
const DIGEST_LENGTH = 12;
