/** What a new project is made for. */
export interface ProjectOptions {
  /** The name of the project, and of its package. */
  readonly name: string;
  readonly namespace: string;
  readonly host: string;
  readonly controller: ProjectController;
  /** The ClusterIssuer of cert-manager. */
  readonly issuer: string;
  /** The ClusterSecretStore of External Secrets. */
  readonly store: string;
  /** The repository that Argo CD reads; without it the project renders nothing for Argo CD. */
  readonly repository: string | undefined;
  readonly ci: ContinuousIntegration;
  /** Where the package comes from: a range of versions, or the file of a packed one. */
  readonly package: string;
}

/** The controllers of a new project, each with the factory that makes it. All of them ask an oauth2-proxy who a client is. */
export const PROJECT_CONTROLLERS = {
  traefik: 'traefik',
  'f5-nginx': 'f5Nginx',
  'ingress-nginx': 'ingressNginx',
} as const;

export type ProjectController = keyof typeof PROJECT_CONTROLLERS;

/** The services that a new project has a CI file for. */
export const CONTINUOUS_INTEGRATIONS = ['github', 'gitlab', 'none'] as const;

export type ContinuousIntegration = (typeof CONTINUOUS_INTEGRATIONS)[number];
