import { at, listAt, textAt } from '../../manifests/fields';
import { namespaceOf } from '../../manifests/manifest';
import { declaredPorts } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';

export const monitoredPorts: Rule = {
  id: 'monitored-ports',
  level: RuleLevel.WARNING,
  kinds: ['monitoring.coreos.com/PodMonitor'],
  what: 'A PodMonitor reads ports that the containers of its pods name.',
  why: 'Prometheus leaves out a port that it does not find, without an error: no metrics, and no alert about them.',
  fix: 'name the port as a container does, such as http-api',
  check: (object, manifests) => {
    // Pods of other namespaces may be anybody's.
    const pods =
      at(object, 'spec', 'namespaceSelector') === undefined
        ? manifests.podsSelectedBy(namespaceOf(object), at(object, 'spec', 'selector'))
        : [];
    const declared = pods.flatMap(declaredPorts);
    return listAt(object, 'spec', 'podMetricsEndpoints').flatMap((endpoint, index) => {
      const port = textAt(endpoint, 'port');
      return pods.length === 0 || port === undefined || declared.includes(port)
        ? []
        : [{ path: ['spec', 'podMetricsEndpoints', index, 'port'], message: `no container names a port "${port}"` }];
    });
  },
};
