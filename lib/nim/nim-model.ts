import type { Size } from 'cdk8s';
import { invalid } from '../common/invalid';
import type { ContainerImage } from './container-image';
import type { NimFamily } from './nim-family';

/** A model of any family, and the image that serves it. */
export abstract class NimModel {
  /** The smallest request body that a client needs for a usual batch. */
  public abstract readonly minBodySize: Size;
  /** The request body limit that fits large batches. */
  public abstract readonly maxBodySize: Size;
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
}
