import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ApplicationSet } from '../../imports/argoproj.io-applicationset';
import { addObject } from '../common/api-object';
import { requirePlace } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { MANAGED_BY } from '../common/labels';
import { requireObjectName } from '../common/names';
import { type PropTable, required, requireProps } from '../common/props';
import { applicationTemplate } from './application-template';
import { ARGO_CD_APPLICATION_OPTIONS, type ArgoCdApplicationOptions } from './argo-cd-application-options';
import { ArgoCdClusters } from './argo-cd-clusters';

/** Props of `ArgoCdApplicationSet`. */
export interface ArgoCdApplicationSetProps extends ArgoCdApplicationOptions {
  /** The clusters that the chart is deployed to. */
  readonly clusters: ArgoCdClusters;
}

export const ARGO_CD_APPLICATION_SET_PROPS: PropTable<ArgoCdApplicationSetProps> = {
  ...ARGO_CD_APPLICATION_OPTIONS,
  clusters: required(instanceOf(ArgoCdClusters)),
};

/**
 * The same chart on several clusters: an ApplicationSet of Argo CD, named like the construct, that makes an Application for each,
 * named `<construct>-<cluster>`. What differs by cluster, such as a host, needs a chart and an `ArgoCdApplication` for each cluster.
 * A cluster that is no longer among them loses its Application, and keeps what was deployed.
 *
 * @example
 * const argoCd = new Chart(app, 'argocd', { namespace: 'argocd' });
 * const repository = 'https://git.example.com/platform/manifests.git';
 * const project = new nim.ArgoCdProject(argoCd, 'embeddings', { repository });
 * new nim.ArgoCdApplicationSet(argoCd, 'search', {
 *   project,
 *   chart,
 *   clusters: nim.ArgoCdClusters.labelled({ environment: 'production' }),
 * });
 */
export class ArgoCdApplicationSet extends Construct {
  /** The ApplicationSet. */
  public readonly applicationSet: ApiObject;

  public constructor(scope: Construct, id: string, props: ArgoCdApplicationSetProps) {
    super(...requirePlace('ArgoCdApplicationSet', scope, id));
    const { clusters, ...options } = requireProps('ArgoCdApplicationSet', props, ARGO_CD_APPLICATION_SET_PROPS);
    const name = requireObjectName('ArgoCdApplicationSet id', id);
    const { allowed, generator, nameInTemplate, destination } = clusters._words;
    const { annotations, spec } = applicationTemplate(this, 'ArgoCdApplicationSet', options, { allowed, destination });
    this.applicationSet = addObject(this, 'Default', ApplicationSet, {
      metadata: { name, labels: MANAGED_BY },
      spec: {
        goTemplate: true,
        // A misspelt parameter is an error, and not an empty text.
        goTemplateOptions: ['missingkey=error'],
        generators: [generator],
        // Otherwise the controller gives each Application a finalizer, and a cluster that leaves the list loses everything.
        syncPolicy: { preserveResourcesOnDeletion: true },
        template: { metadata: { name: `${name}-${nameInTemplate}`, labels: MANAGED_BY, annotations }, spec },
      },
    });
  }
}
