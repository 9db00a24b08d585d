import type { Chart } from 'cdk8s';

type Build = (chart: Chart) => void;

/** What one prop does to the output. */
export interface PropRow {
  /** Makes the constructs without the prop. */
  readonly without: Build;
  /** Makes the same constructs with it. */
  readonly with: Build;
  /** Exactly the places where the two renders differ, as `differences` writes them; `*` at the end stands for any rest. */
  readonly changes: readonly string[];
}

/** A prop that decides what is refused: one of the two throws this. */
export interface RefusalRow {
  readonly without: Build;
  readonly with: Build;
  readonly refused: { readonly with: string } | { readonly without: string };
}

/** The rows of an interface, by member. */
export type PropRows = Record<string, PropRow | RefusalRow>;

/** Places in the Deployment of a NIM and in its Ingress. */
export const POD = 'Deployment spec.template.spec';
export const NIM = `${POD}.containers[nim]`;
export const ANNOTATION = 'Ingress metadata.annotations.';

/** What a forward proxy sets in the environment of a NIM 1.x. */
export const PROXY_VARIABLES = [
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'NIM_SDK_USE_NATIVE_TLS',
].map((name) => `${NIM}.env[${name}]`);
/** What tells the pods of one model from those of another. */
export const MODEL_LABEL = [
  'Deployment spec.selector.matchLabels.cdk8s-nim/model',
  'Deployment spec.template.metadata.labels.cdk8s-nim/model',
];
