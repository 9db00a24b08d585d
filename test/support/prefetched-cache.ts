import type { Chart } from 'cdk8s';
import {
  ModelCache,
  type ModelCachePrefetchOptions,
  type NimDeploymentProps,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { at, type Manifest } from './manifests';
import { type Given, given, nimDeployment, renderTextEmbeddingNim } from './nims';
import type { Container, Pod } from './workload';

export const { READ_ONLY_MANY, READ_WRITE_MANY, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;
export const SHARED = ModelCache.claim({ accessMode: READ_WRITE_MANY });

export function prefetched(
  options: ModelCachePrefetchOptions = {},
  props: Given<TextEmbeddingNimProps> = {},
  claim = SHARED,
): Manifest[] {
  return renderTextEmbeddingNim((chart) => ({
    modelCache: ModelCache.prefetched(claim, options),
    ...given(props, chart),
  }));
}

export function refusal(options: ModelCachePrefetchOptions, props: Given<NimDeploymentProps> = {}): () => unknown {
  return () =>
    nimDeployment((chart: Chart) => ({ modelCache: ModelCache.prefetched(SHARED, options), ...given(props, chart) }));
}

export function jobs(objects: readonly Manifest[]): Manifest[] {
  return objects.filter(({ kind }) => kind === 'Job');
}

export function fillOf(objects: readonly Manifest[]): Pod & { readonly initContainers: [Container] } {
  return at(jobs(objects)[0], 'spec.template.spec') as Pod & { readonly initContainers: [Container] };
}
