import { invalid } from '../common/invalid';
import { requireKind, text } from '../common/kinds';
import { literalSecretIn } from '../common/literal-secrets';
import { requireObjectName } from '../common/names';
import { optional, type PropTable } from '../common/props';

/** How Argo CD names a cluster: by its name or by its server. */
export interface ArgoCdDestination {
  /**
   * The name of the cluster in Argo CD.
   * @default - the cluster is named by its server
   */
  readonly name?: string;
  /**
   * The URL of its API server; in a project `*` stands for every cluster.
   * @default - the cluster is named by its name
   */
  readonly server?: string;
}

export const ARGO_CD_DESTINATION: PropTable<ArgoCdDestination> = { name: optional(text), server: optional(text) };

/**
 * A cluster that Argo CD deploys to.
 *
 * @example
 * const argoCd = new Chart(app, 'argocd', { namespace: 'argocd' });
 * const repository = 'https://git.example.com/platform/manifests.git';
 * const project = new nim.ArgoCdProject(argoCd, 'embeddings', { repository });
 * new nim.ArgoCdApplication(argoCd, 'embeddings-eu', {
 *   project,
 *   chart,
 *   cluster: nim.ArgoCdCluster.named('eu-1'),
 * });
 */
export class ArgoCdCluster {
  /** The cluster that Argo CD itself runs in, as every Argo CD knows it. */
  public static readonly IN_CLUSTER = new ArgoCdCluster({ server: 'https://kubernetes.default.svc' });

  /**
   * A cluster by its name in Argo CD.
   *
   * @param name the name, as `argocd cluster list` prints it. Refused: one that no Kubernetes object could have, because names of
   * Applications are made with it; write such a cluster with `atServer`.
   */
  public static named(name: string): ArgoCdCluster {
    requireKind('ArgoCdCluster.named name', name, text);
    return new ArgoCdCluster({ name: requireObjectName('ArgoCdCluster.named name', name) });
  }

  /**
   * A cluster by the address of its API server.
   *
   * @param server the URL, as `argocd cluster list` prints it.
   */
  public static atServer(server: string): ArgoCdCluster {
    requireKind('ArgoCdCluster.atServer server', server, text);
    if (!/^https:\/\/[^\s*/?#]+(\/[^\s*?#]*)?$/.test(server) || literalSecretIn(server) !== undefined) {
      throw invalid({
        what: 'ArgoCdCluster.atServer server',
        value: server,
        because: 'it is the URL of one API server, with https and without credentials',
        instead: 'write it as `argocd cluster list` prints it, for example "https://10.0.0.1:6443"',
      });
    }
    return new ArgoCdCluster({ server });
  }

  private constructor(
    /** The cluster as an Application names it. */
    public readonly destination: ArgoCdDestination,
  ) {}
}
