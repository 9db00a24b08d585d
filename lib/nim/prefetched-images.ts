import { invalid } from '../common/invalid';
import { cachePlace } from './cache-place';
import type { ContainerImage } from './container-image';
import type { FillDecisions } from './filling-pod';
import { factsOfImage } from './generations';
import type { ModelCache } from './model-cache';
import type { NimModel } from './nim-model';
import type { NimRuntime } from './nim-runtime';
import type { DownloadFacts, RuntimeFacts } from './runtime-facts';

/** An image whose model a Job downloads. */
export type PrefetchedImage = Pick<FillDecisions, 'image' | 'facts' | 'place'>;

/** The images to fill the cache for, the one that serves first, each with its own place. */
export function prefetchedImages(
  cache: ModelCache,
  model: NimModel,
  image: ContainerImage,
  runtime: NimRuntime | undefined,
): [serving: PrefetchedImage, ...ahead: PrefetchedImage[]] {
  const images: [serving: PrefetchedImage, ...ahead: PrefetchedImage[]] = [prefetched(cache, model, image, runtime)];
  for (const next of cache.prefetch?.ahead ?? []) {
    model._requireServedBy(next);
    const other = prefetched(cache, model, next, runtime);
    if (images.some(({ place }) => place.model === other.place.model)) {
      throw invalid({
        what: 'ModelCache.prefetched ahead',
        value: next.reference,
        because: 'it is the image that serves, or stands here twice, and its model is fetched anyway',
        instead: 'leave it out, or name the next version',
      });
    }
    images.push(other);
  }
  return images;
}

function prefetched(
  cache: ModelCache,
  model: NimModel,
  image: ContainerImage,
  runtime: NimRuntime | undefined,
): PrefetchedImage {
  const profile = cache.prefetch?.profile;
  const facts = factsOfImage(model.family, image, runtime);
  requireDownload(facts);
  if (profile !== undefined && facts.download.profileVariable === undefined) {
    throw invalid({
      what: 'ModelCache.prefetched profile',
      value: profile,
      because: `images ${facts.versions} have no profiles; it is a setting of 1.x`,
      instead: 'leave it out',
    });
  }
  return { image, facts, place: cachePlace(cache, model, image) };
}

function requireDownload(facts: RuntimeFacts): asserts facts is RuntimeFacts & { readonly download: DownloadFacts } {
  if (facts.download === undefined) {
    throw invalid({
      what: 'NimDeployment modelCache',
      value: 'ModelCache.prefetched',
      because: `no source says how an image ${facts.versions} only downloads its model`,
      instead: 'use an image 2.2 or newer, or ModelCache.claim(…), which the pods fill',
    });
  }
}
