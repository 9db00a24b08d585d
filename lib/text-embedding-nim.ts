import type { Construct } from 'constructs';
import { requirePlace } from './common/cdk8s-kinds';
import { instanceOf } from './common/class-kinds';
import { type PropTable, required, requireProps } from './common/props';
import { EmbeddingModel } from './nim/embedding-model';
import { NimFamily } from './nim/nim-family';
import { type NimAttributes, NimReference } from './nim/nim-reference';
import { NIM_BASE_PROPS, NimBase, type NimBaseProps } from './nim-base';

/** Props of `TextEmbeddingNim`. */
export interface TextEmbeddingNimProps extends NimBaseProps {
  /** The model that the NIM serves. */
  readonly model: EmbeddingModel;
}

export const TEXT_EMBEDDING_NIM_PROPS: PropTable<TextEmbeddingNimProps> = {
  model: required(instanceOf(EmbeddingModel)),
  ...NIM_BASE_PROPS,
};

/**
 * A whole NeMo Retriever Text Embedding NIM of NVIDIA: workload, service, network policy and the way in.
 *
 * Every part stays reachable (`deployment`, `service`, `ingress`, `credentials`), and each can be used alone.
 *
 * @example
 * new nim.TextEmbeddingNim(chart, 'text-embedding', {
 *   model: nim.EmbeddingModel.NV_EMBEDQA_E5_V5,
 *   credentials: nim.NgcCredentials.fromSecretNames(chart, 'ngc'),
 *   ingress: {
 *     host: 'embeddings.example.com',
 *     controller: nim.IngressController.traefik(),
 *     tls: nim.IngressTls.fromClusterIssuer('letsencrypt'),
 *     rateLimit: nim.RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
 *     authentication: nim.IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
 *   },
 * });
 */
export class TextEmbeddingNim extends NimBase {
  /**
   * Refers to an embedding NIM that another app or chart renders: for its clients, which get its URL, its port and its pods as a peer. Nothing
   * is rendered.
   */
  public static fromAttributes(attributes: NimAttributes): NimReference {
    return NimReference._of('TextEmbeddingNim.fromAttributes', NimFamily.EMBEDDING, attributes);
  }

  /** The model that is served. */
  public readonly model: EmbeddingModel;

  public constructor(scope: Construct, id: string, props: TextEmbeddingNimProps) {
    requirePlace('TextEmbeddingNim', scope, id);
    requireProps('TextEmbeddingNim', props, TEXT_EMBEDDING_NIM_PROPS);
    super(scope, id, props, props.model);
    this.model = props.model;
  }
}
