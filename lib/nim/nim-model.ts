import type { Size } from 'cdk8s';
import { ownAnnotation } from '../common/annotations';
import { invalid } from '../common/invalid';
import { requireBytes, sizeQuantity } from '../common/quantities';
import { isOlder } from '../common/version';
import type { ContainerImage } from './container-image';
import type { Gpu } from './gpu';
import type { NimFamily } from './nim-family';

/** A later name of a model and of the repository of its image. */
export interface NewName {
  readonly now: string;
  /** The member of the API with that name. */
  readonly member: string;
  /** The first version under that name. */
  readonly since: string;
}

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
    this._requireServedBy(image);
  }

  /**
   * What a reviewer has to see change: annotations of the Deployment, without their prefix.
   *
   * @internal
   */
  public get _reviewFacts(): Record<string, string> {
    return {};
  }

  /**
   * The name that NVIDIA gave the model later, if it did.
   *
   * @internal
   */
  public get _newName(): NewName | undefined {
    return undefined;
  }

  /**
   * Refuses a name that the image of the model no longer has.
   *
   * @internal
   */
  public _requireServedBy({ tag = '' }: ContainerImage): void {
    const { _newName: renamed } = this;
    if (renamed !== undefined && !isOlder(tag, renamed.since)) {
      throw invalid({
        what: 'model id',
        value: this.id,
        because: `NVIDIA renamed the model and its image to ${JSON.stringify(renamed.now)} in ${renamed.since}`,
        instead: `write ${renamed.member}, or pin an image tag below ${renamed.since} that has the old name`,
      });
    }
  }

  /**
   * Refuses a MIG slice that is too small for the model. Several slices do not make a larger one.
   *
   * @internal
   */
  public _requireFits({ sliceMemory, resourceName }: Gpu): void {
    const needed = this.minGpuMemory;
    if (sliceMemory === undefined || needed === undefined) {
      return;
    }
    const what = 'NimDeployment gpu';
    if (requireBytes(what, sliceMemory) < requireBytes(what, needed)) {
      throw invalid({
        what,
        value: resourceName,
        because: `${this.id} needs ${sizeQuantity(what, needed)} of memory on one GPU, and such a slice has ${sizeQuantity(what, sliceMemory)}`,
        instead: 'write Gpu.mig with a profile of more memory, or Gpu.whole()',
      });
    }
  }
}

/** For reviewers, who have to see these change: another model may make the stored vectors useless. */
export function modelAnnotations(model: NimModel): Record<string, string> {
  const facts = Object.entries({ model: model.id, ...model._reviewFacts });
  return Object.fromEntries(facts.map(([name, value]) => [ownAnnotation(name), value]));
}
