import type { ApiObject } from 'cdk8s';
import type { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** The Secrets that a backend has to make. */
export interface WantedSecrets {
  /** The Secret with the NGC API key, and its key; `undefined` when the pods are air-gapped. */
  readonly apiKey: { readonly secretName: string; readonly key: string } | undefined;
  /** Name of the image pull secret; `undefined` when images are pulled without one. */
  readonly pullSecretName: string | undefined;
  /** Labels for every object. */
  readonly labels: Record<string, string>;
}

/** What a backend added to the tree. */
export interface MadeSecrets {
  readonly objects: readonly ApiObject[];
  /** The one registry that the pull secret logs in to; `undefined` when that is not known. */
  readonly pullRegistry: string | undefined;
  /** What the pods that read the API key have to mount, where the Secret is there only as long as they do. */
  readonly apiKeyVolume?: k8s.Volume;
}

/** One way to make the two NGC secrets from what is kept outside of Git. One folder each in `backends/`. */
export type CredentialsBackend = (scope: Construct, wanted: WantedSecrets) => MadeSecrets;
