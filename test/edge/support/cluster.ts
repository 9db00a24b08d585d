import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CertificateFiles } from './certificates';

/** What a controller finds in its cluster, or would be told by its administrator. */
export interface ClusterProps {
  /** For the configuration and the files that it names. */
  readonly directory: string;
  readonly ports: {
    readonly http: number;
    readonly https: number;
    /** A listener that accepts old versions of TLS. */
    readonly control: number;
    /** HAProxy's own. */
    readonly peers: number;
  };
  /** The pods behind the Service, as address and port. */
  readonly backend: string;
  /** Endpoints of other Services, by `namespace/name:port`. */
  readonly services: Readonly<Record<string, string>>;
  /** The data of Secrets, by name. */
  readonly secrets: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The Secret of the certificate, as the controller writes it to disk. */
  readonly certificate: CertificateFiles;
  /**
   * Whether to listen on `::1` too.
   * @default false
   */
  readonly ipv6?: boolean;
}

/** The surroundings of one data plane. */
export class Cluster {
  public constructor(public readonly props: ClusterProps) {
    mkdirSync(props.directory, { recursive: true });
  }

  /** Writes a file, and gives its path. */
  public write(name: string, content: string): string {
    const path = join(this.props.directory, name);
    writeFileSync(path, content);
    return path;
  }

  /** Writes one key of a Secret to a file, as a controller does. */
  public writeSecret(name: string, key: string): string {
    const value = this.secret(name)[key];
    if (value === undefined) {
      throw new Error(`the Secret ${name} has no key ${key}`);
    }
    return this.write(`${name}-${key}`, value);
  }

  public secret(name: string): Readonly<Record<string, string>> {
    const secret = this.props.secrets[name];
    if (secret === undefined) {
      throw new Error(`no Secret ${name}`);
    }
    return secret;
  }

  /** Where a Service of the cluster is reached. */
  public endpointOf(service: string): string {
    const endpoint = this.props.services[service];
    if (endpoint === undefined) {
      throw new Error(`no Service ${service}`);
    }
    return endpoint;
  }
}
