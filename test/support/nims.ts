import type { Chart } from 'cdk8s';
import { type ISecret, Secret } from 'cdk8s-plus-28';
import {
  ContainerImage,
  EmbeddingModel,
  IngressAuthentication,
  IngressController,
  IngressTls,
  NgcCredentials,
  NimDeployment,
  type NimDeploymentProps,
  RateLimit,
  type SecureIngressOptions,
  TextEmbeddingNim,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { type Manifest, render, testChart } from './manifests';

/** The id of the credentials that the helpers below make. */
const CREDENTIALS_ID = 'ngc';

/** Credentials by name, once for each chart. */
export function credentialsOf(chart: Chart): NgcCredentials {
  return (
    (chart.node.tryFindChild(CREDENTIALS_ID) as NgcCredentials | undefined) ??
    NgcCredentials.fromSecretNames(chart, CREDENTIALS_ID)
  );
}

/** A Secret that exists already. */
export function secretIn(chart: Chart, name: string, id = name): ISecret {
  return Secret.fromSecretName(chart, `secret-${id}`, name);
}

/** Credentials without an API key. */
export function airGapped(chart: Chart): NgcCredentials {
  return NgcCredentials.fromSecretNames(chart, 'air-gapped', { airGapped: true });
}

/** Props, or a way to make them in a chart. */
export type Given<Props> = Partial<Props> | ((chart: Chart) => Partial<Props>);

export function given<Props>(props: Given<Props>, chart: Chart): Partial<Props> {
  return typeof props === 'function' ? props(chart) : props;
}

/** A NimDeployment named "text-embedding" with the least possible props, and what the test adds. */
export function nimDeployment(props: Given<NimDeploymentProps> = {}, chart = testChart()): NimDeployment {
  return new NimDeployment(chart, 'text-embedding', {
    model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
    credentials: credentialsOf(chart),
    ...given(props, chart),
  });
}

export function renderNimDeployment(props: Given<NimDeploymentProps> = {}): Manifest[] {
  const chart = testChart();
  nimDeployment(props, chart);
  return render(chart);
}

/** A TextEmbeddingNim named "text-embedding" with the least possible props, and what the test adds. */
export function textEmbeddingNim(props: Given<TextEmbeddingNimProps> = {}, chart = testChart()): TextEmbeddingNim {
  return new TextEmbeddingNim(chart, 'text-embedding', {
    model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
    credentials: credentialsOf(chart),
    ...given(props, chart),
  });
}

export function renderTextEmbeddingNim(props: Given<TextEmbeddingNimProps> = {}): Manifest[] {
  const chart = testChart();
  textEmbeddingNim(props, chart);
  return render(chart);
}

/** A way in through F5 NGINX. */
export function ingressOptions(chart: Chart): SecureIngressOptions {
  return {
    host: 'embeddings.example.com',
    controller: IngressController.f5Nginx(),
    tls: IngressTls.fromClusterIssuer('letsencrypt'),
    rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 60 }),
    authentication: IngressAuthentication.basic(secretIn(chart, 'embeddings-users')),
  };
}

/** The image of a model with another tag. */
export function taggedImage(tag: string, model = 'nvidia/llama-nemotron-embed-1b-v2'): ContainerImage {
  return ContainerImage.fromReference(`nvcr.io/nim/${model}:${tag}`);
}

export const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
