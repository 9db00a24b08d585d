import { type ApiObject, Duration } from 'cdk8s';
import { type ISecret, Secret, type SecretValue } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { namespaceOf } from '../common/api-object';
import { requirePlace } from '../common/cdk8s-kinds';
import { invalid } from '../common/invalid';
import { requireObjectName, requireSecretKey } from '../common/names';
import { requireProps } from '../common/props';
import { addExternalSecret } from './external-secret';
import {
  NGC_EXTERNAL_SECRETS_PROPS,
  NGC_SECRET_NAMES_PROPS,
  type NgcExternalSecretsProps,
  type NgcSecretNamesProps,
} from './ngc-credentials-props';
import { apiKeySource, pullSource, refuseUnusedNames, requirePullSource } from './ngc-sources';
import { defaultsNullBytePolicy } from './operator-version';
import { API_KEY_VARIABLE, apiKeyTemplate, NGC_REGISTRY } from './secret-templates';

/**
 * The two NGC secrets of a namespace, by reference: the image pull secret and the API key for the model download.
 *
 * One object serves any number of NIMs of its namespace.
 */
export class NgcCredentials extends Construct {
  /** Secrets that exist already, created by your own means. Renders nothing. */
  public static fromSecretNames(scope: Construct, id: string, props: NgcSecretNamesProps = {}): NgcCredentials {
    return new NgcCredentials(scope, id, requireProps('NgcCredentials', props, NGC_SECRET_NAMES_PROPS));
  }

  /**
   * Secrets that the External Secrets Operator (0.16 and newer) makes: two ExternalSecrets. Pods wait for their Secrets by
   * themselves. An entry of the store that is empty leaves the Secrets as they are.
   *
   * Refused: no source for one of the two Secrets without the explicit choice to go without it, and two sources for one.
   */
  public static fromExternalSecrets(scope: Construct, id: string, props: NgcExternalSecretsProps): NgcCredentials {
    requireProps('NgcCredentials', props, NGC_EXTERNAL_SECRETS_PROPS);
    const credentials = new NgcCredentials(scope, id, props);
    credentials.renderExternalSecrets(props);
    return credentials;
  }

  /** The image pull secret; `undefined` when images are pulled without one. */
  public readonly pullSecret: ISecret | undefined;
  /** The NGC API key; `undefined` when the pods are air-gapped. */
  public readonly apiKey: SecretValue | undefined;
  /** The namespace of the Secrets. */
  public readonly namespace: string;
  private readonly rendered: ApiObject[] = [];
  /** The one registry that the pull secret logs in to; `undefined` when that is not known. */
  private pullRegistry: string | undefined;

  private constructor(scope: Construct, id: string, props: NgcSecretNamesProps) {
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
  }

  /** The ExternalSecrets that were rendered. */
  public get externalSecrets(): ApiObject[] {
    return [...this.rendered];
  }

  /** Whether the pods go without an API key. */
  public get airGapped(): boolean {
    return this.apiKey === undefined;
  }

  /** Refuses use from another namespace: a pod only sees Secrets of its own. */
  public requireNamespace(namespace: string, user: string): void {
    if (namespace !== this.namespace) {
      throw invalid({
        what: `${user} credentials`,
        value: this.node.path,
        because: `the Secrets are in the namespace ${JSON.stringify(this.namespace)}, the pods in ${JSON.stringify(namespace)}`,
        instead: 'make NgcCredentials in the chart of each namespace',
      });
    }
  }

  /** Refuses an image from a registry that the pull secret does not log in to, as far as that is known. */
  public requireLogin(registry: string, user: string): void {
    if (this.pullRegistry !== undefined && registry !== this.pullRegistry) {
      throw invalid({
        what: `${user} image`,
        value: registry,
        because: `the pull secret is made from a key of NGC, and logs in to ${this.pullRegistry} only`,
        instead:
          'give NgcCredentials.fromExternalSecrets a dockerConfig for that registry, or withoutPullSecret: true when it needs no login',
      });
    }
  }

  private renderExternalSecrets(props: NgcExternalSecretsProps): void {
    if (this.apiKey === undefined && this.pullSecret === undefined) {
      throw invalid({
        what: 'NgcCredentials.fromExternalSecrets',
        value: { airGapped: true, withoutPullSecret: true },
        because: 'no Secret is left to make',
        instead: 'write NgcCredentials.fromSecretNames(chart, id, { airGapped: true, withoutPullSecret: true })',
      });
    }
    const pull = pullSource(props);
    const common = {
      labels: {
        'app.kubernetes.io/name': 'ngc-credentials',
        'app.kubernetes.io/part-of': 'nemo-retriever',
        'app.kubernetes.io/managed-by': 'cdk8s',
      },
      store: props.store,
      refreshInterval: props.refreshInterval ?? Duration.hours(1),
      nullBytePolicy: defaultsNullBytePolicy(props.operatorVersion),
    };
    if (this.apiKey !== undefined) {
      this.rendered.push(
        addExternalSecret(this, 'ApiKey', {
          ...common,
          name: this.apiKey.secret.name,
          type: 'Opaque',
          remote: { [API_KEY_VARIABLE]: apiKeySource(props) },
          template: { [this.apiKey.key]: apiKeyTemplate(API_KEY_VARIABLE) },
        }),
      );
    }
    if (this.pullSecret !== undefined) {
      this.rendered.push(
        addExternalSecret(this, 'Pull', {
          ...common,
          name: this.pullSecret.name,
          type: 'kubernetes.io/dockerconfigjson',
          ...requirePullSource(pull),
        }),
      );
      this.pullRegistry = props.dockerConfig === undefined ? NGC_REGISTRY : undefined;
    }
  }
}
