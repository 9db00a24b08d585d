import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Application } from '../../imports/argoproj.io-application';
import { addObject } from '../common/api-object';
import { requirePlace } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { MANAGED_BY } from '../common/labels';
import { requireObjectName } from '../common/names';
import { optional, type PropTable, requireProps } from '../common/props';
import { applicationTemplate } from './application-template';
import { ARGO_CD_APPLICATION_OPTIONS, type ArgoCdApplicationOptions } from './argo-cd-application-options';
import { ArgoCdCluster } from './argo-cd-cluster';

/** Props of `ArgoCdApplication`. */
export interface ArgoCdApplicationProps extends ArgoCdApplicationOptions {
  /**
   * The cluster that the chart is deployed to.
   * @default ArgoCdCluster.IN_CLUSTER
   */
  readonly cluster?: ArgoCdCluster;
}

export const ARGO_CD_APPLICATION_PROPS: PropTable<ArgoCdApplicationProps> = {
  ...ARGO_CD_APPLICATION_OPTIONS,
  cluster: optional(instanceOf(ArgoCdCluster)),
};

/**
 * An Application of Argo CD, named like the construct: it keeps a cluster as a chart was published. Put it into a chart of its own, in the
 * namespace of Argo CD. What it deployed stays when it is deleted.
 *
 * @example
 * const argoCd = new Chart(app, 'argocd', { namespace: 'argocd' });
 * const repository = 'https://git.example.com/platform/manifests.git';
 * const project = new nim.ArgoCdProject(argoCd, 'embeddings', { repository });
 * new nim.ArgoCdApplication(argoCd, 'embeddings-production', { project, chart });
 */
export class ArgoCdApplication extends Construct {
  /** The Application. */
  public readonly application: ApiObject;

  public constructor(scope: Construct, id: string, props: ArgoCdApplicationProps) {
    super(...requirePlace('ArgoCdApplication', scope, id));
    const { cluster = ArgoCdCluster.IN_CLUSTER, ...options } = requireProps(
      'ArgoCdApplication',
      props,
      ARGO_CD_APPLICATION_PROPS,
    );
    const name = requireObjectName('ArgoCdApplication id', id);
    const { annotations, spec } = applicationTemplate(this, 'ArgoCdApplication', options, {
      allowed: [cluster.destination],
      destination: cluster.destination,
    });
    this.application = addObject(this, 'Default', Application, {
      metadata: { name, labels: MANAGED_BY, annotations },
      spec,
    });
  }
}
