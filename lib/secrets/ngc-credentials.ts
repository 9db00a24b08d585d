import type { ApiObject } from 'cdk8s';
import { type ISecret, type k8s, Secret, type SecretValue } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { namespaceOf } from '../common/api-object';
import { requirePlace } from '../common/cdk8s-kinds';
import { invalid } from '../common/invalid';
import { requireObjectName, requireSecretKey } from '../common/names';
import { requireProps } from '../common/props';
import { externalSecretsBackend } from './backends/external-secrets/backend';
import { NGC_EXTERNAL_SECRETS_PROPS, type NgcExternalSecretsProps } from './backends/external-secrets/props';
import { sealedSecretsBackend } from './backends/sealed-secrets/backend';
import { NGC_SEALED_SECRETS_PROPS, type NgcSealedSecretsProps } from './backends/sealed-secrets/props';
import { secretsStoreCsiBackend } from './backends/secrets-store-csi/backend';
import { NGC_SECRETS_STORE_CSI_PROPS, type NgcSecretsStoreCsiProps } from './backends/secrets-store-csi/props';
import { vaultSecretsOperatorBackend } from './backends/vault-secrets-operator/backend';
import {
  NGC_VAULT_SECRETS_OPERATOR_PROPS,
  type NgcVaultSecretsOperatorProps,
} from './backends/vault-secrets-operator/props';
import type { CredentialsBackend } from './credentials-backend';
import { secretLabels } from './labels';
import { NGC_SECRET_NAMES_PROPS, type NgcSecretNamesProps } from './ngc-credentials-props';

/**
 * The two NGC secrets of a namespace, by reference: the image pull secret and the API key for the model download.
 *
 * One object serves any number of NIMs of its namespace.
 *
 * @example
 * nim.NgcCredentials.fromExternalSecrets(chart, 'ngc', {
 *   store: nim.SecretStoreRef.cluster('vault'),
 *   apiKey: { key: 'nvidia/ngc', property: 'api-key' },
 *   refreshInterval: Duration.minutes(15),
 * });
 */
export class NgcCredentials extends Construct {
  /** Refers to Secrets that exist already, created by your own means. Nothing is rendered. */
  public static fromSecretNames(scope: Construct, id: string, props: NgcSecretNamesProps = {}): NgcCredentials {
    return new NgcCredentials(scope, id, requireProps('NgcCredentials', props, NGC_SECRET_NAMES_PROPS));
  }

  /**
   * Renders two ExternalSecrets in the namespace of the chart, from which the External Secrets Operator (0.16 and newer) makes the
   * Secrets. Pods wait for their Secrets by themselves. An entry of the store that is empty leaves the Secrets as they are.
   *
   * Refused: no source for one of the two Secrets without the explicit choice to go without it, and two sources for one.
   */
  public static fromExternalSecrets(scope: Construct, id: string, props: NgcExternalSecretsProps): NgcCredentials {
    requireProps('NgcCredentials', props, NGC_EXTERNAL_SECRETS_PROPS);
    return new NgcCredentials(scope, id, props, externalSecretsBackend(props));
  }

  /**
   * Renders two VaultStaticSecrets in the namespace of the chart, from which HashiCorp's Vault Secrets Operator (0.5 and newer, which can
   * transform) makes the Secrets, with the templates of `fromExternalSecrets`. An entry of Vault that is empty leaves the Secrets as they
   * are.
   *
   * Refused: what `fromExternalSecrets` refuses.
   */
  public static fromVaultSecretsOperator(
    scope: Construct,
    id: string,
    props: NgcVaultSecretsOperatorProps,
  ): NgcCredentials {
    requireProps('NgcCredentials', props, NGC_VAULT_SECRETS_OPERATOR_PROPS);
    return new NgcCredentials(scope, id, props, vaultSecretsOperatorBackend(props));
  }

  /**
   * Renders two SealedSecrets in the namespace of the chart, from which the controller of Sealed Secrets makes the Secrets: their values
   * were sealed for this cluster, and may be in Git. A sealed empty text is refused; one of blanks only, or a wrong key, cannot be seen
   * before the NIM starts.
   *
   * Refused: what kubeseal has not sealed, a Secret without its value and without the explicit choice to go without it.
   */
  public static fromSealedSecrets(scope: Construct, id: string, props: NgcSealedSecretsProps): NgcCredentials {
    requireProps('NgcCredentials', props, NGC_SEALED_SECRETS_PROPS);
    return new NgcCredentials(scope, id, props, sealedSecretsBackend(props));
  }

  /**
   * Renders a SecretProviderClass in the namespace of the chart, which the pods that read the API key mount, so that the Secrets Store CSI
   * driver makes the Secret. The driver needs `syncSecret.enabled=true`. It hands on an empty key: the NIM then fails to log in.
   *
   * Refused: the pull secret, which the kubelet needs before it mounts anything. Name one that exists, or go without.
   */
  public static fromSecretsStoreCsi(scope: Construct, id: string, props: NgcSecretsStoreCsiProps): NgcCredentials {
    requireProps('NgcCredentials', props, NGC_SECRETS_STORE_CSI_PROPS);
    return new NgcCredentials(scope, id, props, secretsStoreCsiBackend(props));
  }

  /** The image pull secret; `undefined` when images are pulled without one. */
  public readonly pullSecret: ISecret | undefined;
  /** The NGC API key; `undefined` when the pods are air-gapped. */
  public readonly apiKey: SecretValue | undefined;
  /**
   * The volume that pods mount beside reading `apiKey`, where the Secret exists only as long as they do: that of the Secrets Store CSI
   * driver. `undefined` for every other way.
   */
  public readonly apiKeyVolume: k8s.Volume | undefined;
  /** The namespace of the Secrets. */
  public readonly namespace: string;
  private readonly rendered: readonly ApiObject[];
  /** The one registry that the pull secret logs in to; `undefined` when that is not known. */
  private readonly pullRegistry: string | undefined;

  private constructor(scope: Construct, id: string, props: NgcSecretNamesProps, backend?: CredentialsBackend) {
    super(...requirePlace('NgcCredentials', scope, id));
    this.namespace = namespaceOf(this);
    const pullSecretName = requireObjectName('NgcCredentials pullSecretName', props.pullSecretName ?? 'ngc-secret');
    const apiKeySecretName = requireObjectName(
      'NgcCredentials apiKeySecretName',
      props.apiKeySecretName ?? 'ngc-api-secret',
    );
    const apiKeySecretKey = requireSecretKey('NgcCredentials apiKeySecretKey', props.apiKeySecretKey ?? 'NGC_API_KEY');
    if (pullSecretName === apiKeySecretName) {
      throw invalid({
        what: 'NgcCredentials apiKeySecretName',
        value: apiKeySecretName,
        because: 'the pull secret has that name, and a Secret has one type',
        instead: 'give the two Secrets different names',
      });
    }
    refuseUnusedNames(props);
    this.pullSecret =
      props.withoutPullSecret === true ? undefined : Secret.fromSecretName(this, 'PullSecret', pullSecretName);
    this.apiKey =
      props.airGapped === true
        ? undefined
        : { secret: Secret.fromSecretName(this, 'ApiKeySecret', apiKeySecretName), key: apiKeySecretKey };
    const made = backend?.(this, {
      apiKey: this.apiKey && { secretName: this.apiKey.secret.name, key: this.apiKey.key },
      pullSecretName: this.pullSecret?.name,
      labels: secretLabels('ngc-credentials'),
    });
    this.rendered = made?.objects ?? [];
    this.pullRegistry = made?.pullRegistry;
    this.apiKeyVolume = made?.apiKeyVolume;
  }

  /** The objects that make the Secrets, such as ExternalSecrets; empty for Secrets that exist already. */
  public get objects(): ApiObject[] {
    return [...this.rendered];
  }

  /** Whether the pods go without an API key. */
  public get airGapped(): boolean {
    return this.apiKey === undefined;
  }

  /**
   * Refuses use from another namespace: a pod only sees Secrets of its own.
   *
   * @internal
   */
  public _requireNamespace(namespace: string, user: string): void {
    if (namespace !== this.namespace) {
      throw invalid({
        what: `${user} credentials`,
        value: this.node.path,
        because: `the Secrets are in the namespace ${JSON.stringify(this.namespace)}, the pods in ${JSON.stringify(namespace)}`,
        instead: 'make NgcCredentials in the chart of each namespace',
      });
    }
  }

  /**
   * Refuses an image from a registry that the pull secret does not log in to, as far as that is known.
   *
   * @internal
   */
  public _requireLogin(registry: string, user: string): void {
    if (this.pullRegistry !== undefined && registry !== this.pullRegistry) {
      throw invalid({
        what: `${user} image`,
        value: registry,
        because: `the pull secret is made from a key of NGC, and logs in to ${this.pullRegistry} only`,
        instead:
          'give the credentials a dockerConfig for that registry, or withoutPullSecret: true when it needs no login',
      });
    }
  }
}

/** A name that would have no effect is a mistake, not a wish. */
function refuseUnusedNames(props: NgcSecretNamesProps): void {
  const unused = (['apiKeySecretName', 'apiKeySecretKey'] as const).find((name) => props[name] !== undefined);
  if (props.airGapped === true && unused !== undefined) {
    throw invalid({
      what: `NgcCredentials ${unused}`,
      value: props[unused],
      because: 'air-gapped pods get no API key',
      instead: `leave out ${unused}, or leave out airGapped`,
    });
  }
  if (props.withoutPullSecret === true && props.pullSecretName !== undefined) {
    throw invalid({
      what: 'NgcCredentials pullSecretName',
      value: props.pullSecretName,
      because: 'images are pulled without a pull secret',
      instead: 'leave out pullSecretName, or leave out withoutPullSecret',
    });
  }
}
