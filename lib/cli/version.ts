/// <reference types="node" />
import { createRequire } from 'node:module';

interface PackageManifest {
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** The version of this package. */
export function packageVersion(): string {
  return packageManifest().version;
}

/** The packages that an app with this one has to have, with their versions. */
export function peerVersions(): Readonly<Record<string, string>> {
  return packageManifest().peerDependencies;
}

function packageManifest(): PackageManifest {
  return createRequire(__filename)('cdk8s-nim/package.json') as PackageManifest;
}
