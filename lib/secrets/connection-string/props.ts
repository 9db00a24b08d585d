import type { Duration } from 'cdk8s';
import { duration } from '../../common/cdk8s-kinds';
import { instanceOf } from '../../common/class-kinds';
import { port, recordOf, text } from '../../common/kinds';
import { optional, type PropTable, required } from '../../common/props';
import { type RemoteReference, remoteReference } from '../backends/external-secrets/remote-reference';
import { SecretStoreRef } from '../backends/external-secrets/secret-store-ref';

/** Props of `ConnectionString.fromExternalSecrets`. */
export interface ConnectionStringProps {
  /** The store that the External Secrets Operator reads from. */
  readonly store: SecretStoreRef;
  /** What comes before `://`: `postgresql`, `redis`, `amqps`, … */
  readonly scheme: string;
  /** The server: a DNS name, an IPv4 address, or an IPv6 address in brackets. */
  readonly host: string;
  /**
   * The port.
   * @default - none: the usual one of the scheme
   */
  readonly port?: number;
  /**
   * What comes behind the server: the database, the virtual host. It is percent-encoded; "/" separates.
   * @default - none
   */
  readonly path?: string;
  /**
   * What comes behind "?", percent-encoded. Credentials are refused.
   * @default - none
   */
  readonly parameters?: Record<string, string>;
  /**
   * The user.
   * @default - none: a password alone, as for Redis
   */
  readonly user?: RemoteReference;
  /** The password. */
  readonly password: RemoteReference;
  /**
   * Name of the Secret.
   * @default - the id of the construct
   */
  readonly secretName?: string;
  /**
   * Key of the connection string in the Secret.
   * @default 'uri'
   */
  readonly secretKey?: string;
  /**
   * How often the operator reads the store. Pods see a new password at their next start; nothing restarts them.
   * @default Duration.hours(1) - the operator's own
   */
  readonly refreshInterval?: Duration;
  /**
   * The version of the operator, for example `2.5`, as for `NgcCredentials.fromExternalSecrets`.
   * @default - any from 0.16 on
   */
  readonly operatorVersion?: string;
}

export const CONNECTION_STRING_PROPS: PropTable<ConnectionStringProps> = {
  store: required(instanceOf(SecretStoreRef)),
  scheme: required(text),
  host: required(text),
  port: optional(port),
  path: optional(text),
  parameters: optional(recordOf(text)),
  user: optional(remoteReference),
  password: required(remoteReference),
  secretName: optional(text),
  secretKey: optional(text),
  refreshInterval: optional(duration),
  operatorVersion: optional(text),
};
