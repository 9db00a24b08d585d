import type { NgcCredentials } from '../secrets/ngc-credentials';
import type { SecurityProfile } from '../security/security-profile';
import type { ContainerImage } from './container-image';
import type { ModelCache } from './model-cache';
import type { NimDeploymentProps } from './nim-deployment-props';
import type { NimRuntime } from './nim-runtime';

/** Everything that was decided before the pod is written down. */
export interface PodSpec {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly selectorLabels: Record<string, string>;
  readonly image: ContainerImage;
  readonly runtime: NimRuntime;
  readonly credentials: NgcCredentials;
  readonly port: number;
  readonly requestTimeoutSeconds: number | undefined;
  readonly startupSeconds: number;
  readonly drainSeconds: number;
  readonly replicas: number;
  readonly modelCache: ModelCache;
  readonly modelCacheClaimName: string | undefined;
  readonly profile: SecurityProfile;
  readonly props: NimDeploymentProps;
}
