import { INTERNAL_API_PATHS } from './api-paths';

/** What a family states of itself. */
interface NimFamilyFacts {
  readonly application: string;
  readonly component: string;
  readonly partOf: string;
  readonly paths: readonly string[];
  readonly image: RegExp;
}

/**
 * A kind of NIM: what the models of one kind share, whatever their names and versions.
 *
 * @example
 * const paths = nim.NimFamily.EMBEDDING.paths;
 */
export class NimFamily {
  /** Text and image embedding, of NVIDIA's NeMo Retriever. */
  public static readonly EMBEDDING = new NimFamily('embedding', {
    application: 'text-embedding-nim',
    component: 'inference',
    partOf: 'nemo-retriever',
    paths: ['/v1/embeddings', '/v1/models'],
    // Every embedding model of NVIDIA's catalogue says so in its name: nv-embedqa-…, …-embed-1b-v2, arctic-embed-l.
    image: /embed[^/]*$/,
  });

  /** Value of `app.kubernetes.io/name`. */
  public readonly application: string;
  /** Value of `app.kubernetes.io/component`. */
  public readonly component: string;
  /** Value of `app.kubernetes.io/part-of`. */
  public readonly partOf: string;
  private readonly facts: NimFamilyFacts;

  private constructor(
    /** The name of the family, in lower case. */
    public readonly name: string,
    facts: NimFamilyFacts,
  ) {
    this.application = facts.application;
    this.component = facts.component;
    this.partOf = facts.partOf;
    this.facts = facts;
  }

  /** The paths that clients need. */
  public get paths(): string[] {
    return [...this.facts.paths];
  }

  /** The paths on the same port that are for operators. */
  public get internalPaths(): string[] {
    return [...INTERNAL_API_PATHS];
  }

  /**
   * Whether an image belongs to the family, by registry and path, without tag and digest.
   *
   * @internal
   */
  public _hasImage(repository: string): boolean {
    return this.facts.image.test(repository);
  }
}
