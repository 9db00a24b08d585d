import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { requirePlace } from '../common/cdk8s-kinds';
import { instanceOf } from '../common/class-kinds';
import { type PropTable, required, requireProps } from '../common/props';
import { RestrictedService } from '../network/restricted-service';
import { selectedLabels } from './labels';
import { OBSERVABILITY_OPTIONS, type ObservabilityOptions } from './observability-options';
import { addPodMonitor } from './pod-monitor';

/** Props of `Observability`. */
export interface ObservabilityProps extends ObservabilityOptions {
  /** The service that is watched. Its `monitoring` has to let the Prometheus of the cluster in. */
  readonly service: RestrictedService;
}

export const OBSERVABILITY_PROPS: PropTable<ObservabilityProps> = {
  service: required(instanceOf(RestrictedService)),
  ...OBSERVABILITY_OPTIONS,
};

/** How a service is watched: a PodMonitor, by which the Prometheus Operator has the metrics of its pods read. */
export class Observability extends Construct {
  /** The PodMonitor. */
  public readonly podMonitor: ApiObject;

  public constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(...requirePlace('Observability', scope, id));
    requireProps('Observability', props, OBSERVABILITY_PROPS);
    const { service } = props;
    const metadata = {
      name: service.name,
      labels: {
        ...service.labels,
        ...selectedLabels('Observability prometheusLabels', props.prometheusLabels, service),
      },
    };
    this.podMonitor = addPodMonitor(this, metadata, service, props.scrapeInterval);
  }
}
