import type { Manifest } from '../../../manifests/manifest';

/** A change that a person should look at twice, and what the cluster makes of it. */
export interface ChangeWarning {
  readonly object: Manifest;
  /** The field; empty for the object as a whole. */
  readonly path: string;
  /** What changes. */
  readonly message: string;
  /** What happens in the cluster. */
  readonly effect: string;
}
