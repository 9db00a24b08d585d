import { instanceOf } from '../common/class-kinds';
import { invalid } from '../common/invalid';
import { optional, required, requireProps } from '../common/props';
import { isOlder, versionOf } from '../common/version';
import { ContainerImage } from './container-image';

/**
 * The runtime generation inside a NIM image. Generations differ in environment variables, ports, paths, logging, download
 * and shutdown; `runtime-facts.ts` holds those facts.
 */
export class NimRuntime {
  /** Images 1.x: Python server and Triton, with gRPC on 8001, metrics on 8002 and Triton HTTP on 8080 inside the pod. */
  public static readonly TRITON = new NimRuntime('TRITON', '1.x');
  /** Images 2.0 and 2.1: native server, settings named `NIM_…`. */
  public static readonly NATIVE_2_0 = new NimRuntime('NATIVE_2_0', '2.0 and 2.1');
  /** Images 2.2 and newer: native server, settings named `NIM_SERVER_…` and `NIM_ENGINE_…`. */
  public static readonly NATIVE_2_2 = new NimRuntime('NATIVE_2_2', '2.2 and newer 2.x');

  /**
   * The generation of an image, from its tag.
   *
   * @param image the image.
   * @param named the generation that the caller states; needed for an image without a version tag.
   *
   * Refused: an image without a version in its tag when no generation is named, a version of no known generation, and a
   * named generation that contradicts the tag.
   */
  public static of(image: ContainerImage, named?: NimRuntime): NimRuntime {
    requireProps<{ image: ContainerImage; named?: NimRuntime }>(
      'NimRuntime.of',
      { image, ...(named === undefined ? {} : { named }) },
      { image: required(instanceOf(ContainerImage)), named: optional(instanceOf(NimRuntime)) },
    );
    const inferred = image.tag === undefined ? undefined : NimRuntime._fromTag(image.tag);
    if (inferred === undefined) {
      if (named !== undefined) {
        return named;
      }
      throw invalid({
        what: 'image',
        value: image.reference,
        because: 'no version of a known NIM generation (1.x, 2.x) can be read from it',
        instead: 'name the generation: runtime: NimRuntime.TRITON, NimRuntime.NATIVE_2_0 or NimRuntime.NATIVE_2_2',
      });
    }
    if (named !== undefined && named !== inferred) {
      throw invalid({
        what: 'runtime',
        value: named.name,
        because: `the image ${image.reference} is of the generation ${inferred.name} (${inferred.versions})`,
        instead: 'leave out runtime, or use an image of that generation',
      });
    }
    return inferred;
  }

  /** @internal */
  private static _fromTag(tag: string): NimRuntime | undefined {
    switch (versionOf(tag)?.major ?? 0) {
      case 1:
        return NimRuntime.TRITON;
      case 2:
        // The settings were renamed between 2.0.0 and 2.2.0.
        return isOlder(tag, '2.2.0') ? NimRuntime.NATIVE_2_0 : NimRuntime.NATIVE_2_2;
      default:
        return undefined;
    }
  }

  private constructor(
    /** The name of the generation, as the member of this class. */
    public readonly name: string,
    /** The image versions of the generation. */
    public readonly versions: string,
  ) {}
}
