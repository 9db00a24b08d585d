import type { IngressFeature } from 'cdk8s-nim';
import { describe } from 'vitest';

/** A describe that shows features of the table of capabilities: the documentation says which ones. */
export function sees(features: readonly IngressFeature[], name: string, tests: () => void): void {
  describe(`${name} (${features.join(', ')})`, tests);
}
