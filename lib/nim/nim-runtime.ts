/**
 * The runtime generation inside a NIM image. Generations differ in environment variables, ports, paths, logging, download
 * and shutdown. Which versions are of which generation differs by family: each family of NIMs states it.
 *
 * @example
 * // A bare digest does not say which runtime it holds.
 * new nim.TextEmbeddingNim(chart, 'text-embedding', {
 *   model,
 *   credentials,
 *   image: nim.ContainerImage.fromReference(
 *     'nvcr.io/nim/nvidia/nv-embedqa-e5-v5@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
 *   ),
 *   runtime: nim.NimRuntime.TRITON,
 * });
 */
export class NimRuntime {
  /** Python server and Triton, with gRPC on 8001, metrics on 8002 and Triton HTTP on 8080 inside the pod. Embedding: 1.x. */
  public static readonly TRITON = new NimRuntime('TRITON');
  /** Native server, settings named `NIM_…`. Embedding: 2.0. */
  public static readonly NATIVE_2_0 = new NimRuntime('NATIVE_2_0');
  /** Native server, settings named `NIM_SERVER_…` and `NIM_ENGINE_…`. Embedding: 2.2 and newer. */
  public static readonly NATIVE_2_2 = new NimRuntime('NATIVE_2_2');

  private constructor(
    /** The name of the generation, as the member of this class. */
    public readonly name: string,
  ) {}
}
