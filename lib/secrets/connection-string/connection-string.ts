import { type ApiObject, Duration } from 'cdk8s';
import { type ISecret, Secret, type SecretValue } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { namespaceOf } from '../../common/api-object';
import { requirePlace } from '../../common/cdk8s-kinds';
import { requireObjectName, requireSecretKey } from '../../common/names';
import { requireProps } from '../../common/props';
import { addExternalSecret } from '../backends/external-secrets/external-secret';
import { defaultsNullBytePolicy } from '../backends/external-secrets/operator-version';
import { requireRemoteReference } from '../backends/external-secrets/remote-reference';
import { secretLabels } from '../labels';
import { failWhenEmpty, percentEncoded } from '../secret-templates';
import { CONNECTION_STRING_PROPS, type ConnectionStringProps } from './props';
import { urlParts } from './url';

const WHAT = 'ConnectionString';

/**
 * A URL with user and password, for programs that take both in one variable: a Secret with the whole URL, made of a user and a password that
 * stay in a secret manager. They are taken as they are, with the blanks and line breaks around them, and percent-encoded, whatever characters
 * they have.
 *
 * `secretEnv` gives it to a NIM, an init container or a sidecar.
 *
 * @example
 * const database = nim.ConnectionString.fromExternalSecrets(chart, 'vector-database', {
 *   store: nim.SecretStoreRef.cluster('vault'),
 *   scheme: 'postgresql',
 *   host: 'database.data.svc',
 *   port: 5432,
 *   path: 'vectors',
 *   parameters: { sslmode: 'verify-full' },
 *   user: { key: 'data/vectors', property: 'user' },
 *   password: { key: 'data/vectors', property: 'password' },
 * });
 * new nim.TextEmbeddingNim(chart, 'text-embedding', { model, credentials, secretEnv: { DATABASE_URL: database.value } });
 */
export class ConnectionString extends Construct {
  /**
   * Renders an ExternalSecret in the namespace of the chart, from which the External Secrets Operator (0.16 and newer) makes the Secret. A
   * user or a password that is empty, blank or `null` leaves the Secret as it is, and the ExternalSecret reports it.
   */
  public static fromExternalSecrets(scope: Construct, id: string, props: ConnectionStringProps): ConnectionString {
    return new ConnectionString(scope, id, requireProps(WHAT, props, CONNECTION_STRING_PROPS));
  }

  /** The connection string, for `secretEnv`. */
  public readonly value: SecretValue;
  /** The Secret. */
  public readonly secret: ISecret;
  /** The namespace of the Secret: pods of others do not see it. */
  public readonly namespace: string;
  /** The ExternalSecret. */
  public readonly object: ApiObject;

  private constructor(scope: Construct, id: string, props: ConnectionStringProps) {
    super(...requirePlace(WHAT, scope, id));
    this.namespace = namespaceOf(this);
    const name = requireObjectName(`${WHAT} secretName`, props.secretName ?? id);
    const key = requireSecretKey(`${WHAT} secretKey`, props.secretKey ?? 'uri');
    const { scheme, rest } = urlParts(WHAT, props);
    const user = props.user && requireRemoteReference(`${WHAT} user`, props.user);
    const password = requireRemoteReference(`${WHAT} password`, props.password);
    const checks = [
      ...(user === undefined ? [] : [failWhenEmpty('.user', 'the user')]),
      failWhenEmpty('.password', 'the password'),
    ].join('');
    const login = `${user === undefined ? '' : percentEncoded('.user')}:${percentEncoded('.password')}`;
    this.object = addExternalSecret(this, 'Default', {
      from: WHAT,
      name,
      type: 'Opaque',
      labels: secretLabels('connection-string'),
      store: props.store,
      refreshInterval: props.refreshInterval ?? Duration.hours(1),
      nullBytePolicy: defaultsNullBytePolicy(`${WHAT} operatorVersion`, props.operatorVersion),
      remote: { ...(user === undefined ? {} : { user }), password },
      template: { [key]: `${checks}${scheme}://${login}@${rest}` },
    });
    this.secret = Secret.fromSecretName(this, 'Secret', name);
    this.value = { secret: this.secret, key };
  }
}
