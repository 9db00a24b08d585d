import { Size } from 'cdk8s';
import { size } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { flag, text, wholeNumber } from '../common/kinds';
import { optional, type PropTable, required, requireProps } from '../common/props';
import { requireBytes } from '../common/quantities';
import { ContainerImage } from './container-image';
import { NimFamily } from './nim-family';
import { type NewName, NimModel } from './nim-model';

/** What is known of a model. */
export interface EmbeddingModelProps {
  /** The name that clients send as `model`, for example `nvidia/llama-nemotron-embed-1b-v2`. */
  readonly id: string;
  /** The image that serves the model. */
  readonly image: ContainerImage;
  /** The longest input, in tokens. */
  readonly maxTokens: number;
  /** The length of a vector; where clients can ask for shorter ones, the longest. */
  readonly dimensions: number;
  /**
   * Whether inputs can be images as well as text, which makes requests larger.
   * @default false
   */
  readonly acceptsImages?: boolean;
  /**
   * The least memory of a GPU that the model needs. A smaller MIG slice is refused.
   * @default - not known, so every slice is taken
   */
  readonly minGpuMemory?: Size;
}

export const EMBEDDING_MODEL_PROPS: PropTable<EmbeddingModelProps> = {
  id: required(text),
  image: required(instanceOf(ContainerImage)),
  maxTokens: required(wholeNumber()),
  dimensions: required(wholeNumber()),
  acceptsImages: optional(flag),
  minGpuMemory: optional(size),
};

/** Models whose name and image repository NVIDIA changed. */
const RENAMED: readonly (NewName & { readonly id: string })[] = [
  {
    id: 'nvidia/llama-3.2-nv-embedqa-1b-v2',
    now: 'nvidia/llama-nemotron-embed-1b-v2',
    member: 'EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2',
    since: '1.13.0',
  },
  {
    id: 'nvidia/llama-3.2-nemoretriever-300m-embed-v2',
    now: 'nvidia/llama-nemotron-embed-300m-v2',
    member: 'EmbeddingModel.LLAMA_NEMOTRON_EMBED_300M_V2',
    since: '1.13.0',
  },
  {
    id: 'nvidia/llama-3.2-nemoretriever-1b-vlm-embed-v1',
    now: 'nvidia/llama-nemotron-embed-vl-1b-v2',
    member: 'EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2',
    since: '1.12.0',
  },
];

/** The batches of texts or images that the server must be able to take: the defaults of NVIDIA's NeMo Retriever client. */
const CLIENT_BATCH = { texts: 16, images: 4, bytesPerToken: 4, bytesPerImage: 512_000 };

/**
 * An embedding model and the image that serves it.
 *
 * The members are NVIDIA's catalogue with the newest version that the project has evidence for; `custom` takes any other
 * model. Changing the model changes the meaning of every stored vector: re-index before clients switch.
 *
 * @example
 * nim.EmbeddingModel.custom({
 *   id: 'example/embed-one',
 *   image: nim.ContainerImage.fromReference('nvcr.io/nim/example/embed-one:1.0.0'),
 *   dimensions: 1024,
 *   maxTokens: 512,
 * });
 */
export class EmbeddingModel extends NimModel {
  /** Llama Nemotron Embed 1B v2: multilingual text, 8192 tokens, vectors up to 2048. The text default of NVIDIA's RAG blueprint. */
  public static readonly LLAMA_NEMOTRON_EMBED_1B_V2 = EmbeddingModel._nvidia(
    'nvidia/llama-nemotron-embed-1b-v2',
    '1.13.0',
    {
      maxTokens: 8192,
      dimensions: 2048,
    },
  );

  /** Llama Nemotron Embed 300M v2: the small text model, 8192 tokens, vectors up to 2048. */
  public static readonly LLAMA_NEMOTRON_EMBED_300M_V2 = EmbeddingModel._nvidia(
    'nvidia/llama-nemotron-embed-300m-v2',
    '1.13.0',
    {
      maxTokens: 8192,
      dimensions: 2048,
    },
  );

  /** Llama Nemotron Embed VL 1B v2: text and images, vectors up to 2048. 2.0.0 lacks a kernel plan for newer GPUs. */
  public static readonly LLAMA_NEMOTRON_EMBED_VL_1B_V2 = EmbeddingModel._nvidia(
    'nvidia/llama-nemotron-embed-vl-1b-v2',
    '2.3.0',
    {
      maxTokens: 2048,
      dimensions: 2048,
      acceptsImages: true,
    },
  );

  /** Nemotron 3 Embed 1B: text, 4096 tokens, vectors of 2048. */
  public static readonly NEMOTRON_3_EMBED_1B = EmbeddingModel._nvidia('nvidia/nemotron-3-embed-1b', '2.2.2', {
    maxTokens: 4096,
    dimensions: 2048,
  });

  /** NV-EmbedQA E5 v5: English text, 512 tokens, vectors of 1024. Requests must carry `input_type`. */
  public static readonly NV_EMBEDQA_E5_V5 = EmbeddingModel._nvidia('nvidia/nv-embedqa-e5-v5', '1.5.0', {
    maxTokens: 512,
    dimensions: 1024,
  });

  /** NV-EmbedQA Mistral 7B v2: text, 512 tokens, vectors of 4096. Takes up to 26 GB of GPU memory; not in NVIDIA's 2.x matrix. */
  public static readonly NV_EMBEDQA_MISTRAL_7B_V2 = EmbeddingModel._nvidia('nvidia/nv-embedqa-mistral-7b-v2', '1.0.1', {
    maxTokens: 512,
    dimensions: 4096,
    // NVIDIA's support matrix: 7110 million parameters, of which each takes a byte at least (FP8).
    minGpuMemory: Size.mebibytes(6780),
  });

  /** Snowflake Arctic Embed L: English text, 512 tokens, vectors of 1024. */
  public static readonly ARCTIC_EMBED_L = EmbeddingModel._nvidia('snowflake/arctic-embed-l', '1.0.1', {
    maxTokens: 512,
    dimensions: 1024,
  });

  /**
   * A model that is not in the catalogue, or one of your own.
   *
   * Refused: an id without an owner, counts below one, and a model that NVIDIA renamed, unless the image is one of the
   * versions that still carry the old name.
   */
  public static custom(props: EmbeddingModelProps): EmbeddingModel {
    requireProps('EmbeddingModel.custom', props, EMBEDDING_MODEL_PROPS);
    if (props.minGpuMemory !== undefined) {
      requireBytes('EmbeddingModel.custom minGpuMemory', props.minGpuMemory);
    }
    return new EmbeddingModel(props);
  }

  /** @internal */
  private static _nvidia(id: string, tag: string, facts: Omit<EmbeddingModelProps, 'id' | 'image'>): EmbeddingModel {
    return new EmbeddingModel({ ...facts, id, image: ContainerImage.fromReference(`nvcr.io/nim/${id}:${tag}`) });
  }

  /** The longest input, in tokens. */
  public readonly maxTokens: number;
  /** The length of a vector. */
  public readonly dimensions: number;
  /** The least memory of a GPU that the model needs; `undefined` where it is not known. */
  public readonly minGpuMemory: Size | undefined;
  /** Whether inputs can be images. */
  public readonly acceptsImages: boolean;

  private constructor(props: EmbeddingModelProps) {
    super(NimFamily.EMBEDDING, props.id, props.image);
    this.maxTokens = props.maxTokens;
    this.dimensions = props.dimensions;
    this.minGpuMemory = props.minGpuMemory;
    this.acceptsImages = props.acceptsImages ?? false;
  }

  /**
   * The smallest request body that a client needs for one batch: 16 texts of `maxTokens` at 4 bytes a token, or 4 images of
   * 512,000 base64 characters, which are the defaults of NVIDIA's NeMo Retriever client.
   */
  public get minBodySize(): Size {
    const texts = CLIENT_BATCH.texts * this.maxTokens * CLIENT_BATCH.bytesPerToken;
    const images = this.acceptsImages ? CLIENT_BATCH.images * CLIENT_BATCH.bytesPerImage : 0;
    return Size.kibibytes(Math.ceil(Math.max(texts, images) / 1024));
  }

  /** The request body limit that fits large batches: 8 MiB for text, 32 MiB where images are allowed. */
  public get maxBodySize(): Size {
    return Size.mebibytes(this.acceptsImages ? 32 : 8);
  }

  /**
   * With another length the stored vectors are useless.
   *
   * @internal
   */
  public override get _reviewFacts(): Record<string, string> {
    return { dimensions: `${this.dimensions}`, 'max-tokens': `${this.maxTokens}` };
  }

  /** @internal */
  public override get _newName(): NewName | undefined {
    return RENAMED.find(({ id }) => id === this.id);
  }
}
