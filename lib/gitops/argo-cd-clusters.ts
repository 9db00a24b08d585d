import type { ApplicationSetSpecGenerators } from '../../imports/argoproj.io-applicationset';
import { instanceOf } from '../common/class-kinds';
import { invalid } from '../common/invalid';
import { listOf, recordOf, requireKind, text } from '../common/kinds';
import { requireLabels } from '../common/labels';
import { ArgoCdCluster, type ArgoCdDestination } from './argo-cd-cluster';

/** What a project and an ApplicationSet say of the same clusters. */
interface Words {
  /** Where a project allows to deploy to. */
  readonly allowed: readonly ArgoCdDestination[];
  readonly generator: ApplicationSetSpecGenerators;
  /** The name of a cluster in the template, for the name of its Application. */
  readonly nameInTemplate: string;
  /** The cluster in the template. */
  readonly destination: ArgoCdDestination;
}

/**
 * Several clusters that get the same from Argo CD.
 *
 * @example
 * nim.ArgoCdClusters.listed([nim.ArgoCdCluster.named('eu-1'), nim.ArgoCdCluster.named('us-1')]);
 */
export class ArgoCdClusters {
  /**
   * These clusters and no others.
   *
   * @param clusters each by its name. Refused: none, one twice, and clusters by their address, which gives no name to an Application.
   */
  public static listed(clusters: ArgoCdCluster[]): ArgoCdClusters {
    requireKind('ArgoCdClusters.listed clusters', clusters, listOf(instanceOf(ArgoCdCluster)));
    const names = clusters.map(({ destination: { name } }) => name);
    if (names.length === 0 || names.includes(undefined) || new Set(names).size < names.length) {
      throw invalid({
        what: 'ArgoCdClusters.listed clusters',
        value: clusters.map(({ destination: { name, server } }) => name ?? server),
        because: 'each cluster is listed once and by its name, which is a part of the name of its Application',
        instead: "write for example [ArgoCdCluster.named('eu-1'), ArgoCdCluster.named('in-cluster')]",
      });
    }
    return new ArgoCdClusters({
      allowed: clusters.map(({ destination }) => destination),
      generator: { list: { elements: names.map((name) => ({ name })) } },
      nameInTemplate: '{{.name}}',
      destination: { name: '{{.name}}' },
    });
  }

  /**
   * Every cluster whose Secret in Argo CD has these labels, now and later. The project then allows its namespaces on every
   * cluster, because it cannot name clusters by labels.
   *
   * @param labels the labels and their values. Refused: none, which would be every cluster.
   */
  public static labelled(labels: Record<string, string>): ArgoCdClusters {
    requireKind('ArgoCdClusters.labelled labels', labels, recordOf(text));
    requireLabels('ArgoCdClusters.labelled labels', labels);
    if (Object.keys(labels).length === 0) {
      throw invalid({
        what: 'ArgoCdClusters.labelled labels',
        value: labels,
        because: 'without labels every cluster is meant, also those that are added for something else',
        instead: "write for example { environment: 'production' }, and label the Secrets of the clusters so",
      });
    }
    return new ArgoCdClusters({
      allowed: [{ server: '*' }],
      generator: { clusters: { selector: { matchLabels: labels } } },
      // As it is in the Secret the name may hold what no name of an object may.
      nameInTemplate: '{{.nameNormalized}}',
      destination: { server: '{{.server}}' },
    });
  }

  private constructor(
    /** @internal */
    public readonly _words: Words,
  ) {}
}
