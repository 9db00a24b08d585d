import type { Size } from 'cdk8s';
import { ownAnnotation } from '../common/annotations';
import { instanceOf } from '../common/class-kinds';
import { invalid } from '../common/invalid';
import { requireKind } from '../common/kinds';
import { requireBytes, sizeQuantity } from '../common/quantities';
import type { ContainerImage } from './container-image';
import { Gpu } from './gpu';
import type { NimFamily } from './nim-family';

/**
 * A model of any family, and the image that serves it.
 *
 * @example
 * const served: nim.NimModel = nim.EmbeddingModel.NV_EMBEDQA_E5_V5;
 * const image = served.image.reference;
 */
export abstract class NimModel {
  /** The smallest request body that a client needs for a usual batch. */
  public abstract readonly minBodySize: Size;
  /** The request body limit that fits large batches. */
  public abstract readonly maxBodySize: Size;
  /** The least memory of a GPU that the model needs; `undefined` where it is not known. */
  public abstract readonly minGpuMemory: Size | undefined;
  /** What a reviewer has to see change: annotations of the Deployment, without their prefix. */
  public abstract readonly reviewFacts: Record<string, string>;

  protected constructor(
    /** The family of the model. */
    public readonly family: NimFamily,
    /** The name that clients send as `model`. */
    public readonly id: string,
    /** The image that serves the model. */
    public readonly image: ContainerImage,
  ) {
    if (!/^[\w.-]+\/[\w.-]+$/.test(id)) {
      throw invalid({
        what: 'model id',
        value: id,
        because: 'a model id is an owner, "/" and a name',
        instead: 'write the name that clients send as "model", for example "nvidia/llama-nemotron-embed-1b-v2"',
      });
    }
    this.requireServedBy(image);
  }

  /**
   * Refuses an image that does not serve the model, or not under this name.
   *
   * @param image the image.
   */
  public abstract requireServedBy(image: ContainerImage): void;

  /**
   * Refuses a MIG slice that is too small for the model. Several slices do not make a larger one.
   *
   * @param gpu the GPU.
   */
  public requireFits(gpu: Gpu): void {
    const slice = requireKind('NimModel.requireFits gpu', gpu, instanceOf(Gpu)).sliceMemory;
    const needed = this.minGpuMemory;
    if (slice === undefined || needed === undefined) {
      return;
    }
    const what = 'NimDeployment gpu';
    if (requireBytes(what, slice) < requireBytes(what, needed)) {
      throw invalid({
        what,
        value: gpu.resourceName,
        because: `${this.id} needs ${sizeQuantity(what, needed)} of memory on one GPU, and such a slice has ${sizeQuantity(what, slice)}`,
        instead: 'write Gpu.mig with a profile of more memory, or Gpu.whole()',
      });
    }
  }
}

/** For reviewers, who have to see these change: another model may make the stored vectors useless. */
export function modelAnnotations({ id, reviewFacts }: NimModel): Record<string, string> {
  const facts = Object.entries({ model: id, ...reviewFacts });
  return Object.fromEntries(facts.map(([name, value]) => [ownAnnotation(name), value]));
}
