/// <reference types="node" />
import { createRequire } from 'node:module';

/** The version of this package. */
export function packageVersion(): string {
  const { version } = createRequire(__filename)('cdk8s-nim/package.json') as { readonly version: string };
  return version;
}
