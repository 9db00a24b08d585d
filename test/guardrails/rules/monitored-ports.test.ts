import { monitoredPorts } from '../../../lib/guardrails/rules/monitored-ports';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, nimObjects, testRule } from '../../support/rules';

/** A NIM, and a PodMonitor that reads a port of its pods. */
function read(endpoint: object, spec: object = {}): Manifest[] {
  const selector = { matchLabels: { 'app.kubernetes.io/instance': 'text-embedding' } };
  return [
    ...nimObjects(),
    ...alone('monitoring.coreos.com/v1', 'PodMonitor', {
      spec: { selector, podMetricsEndpoints: [endpoint], ...spec },
    }),
  ];
}

testRule(monitoredPorts, {
  accepts: {
    'a port that a container names': read({ port: 'http-api' }),
    'a port by its number': read({ portNumber: 8002 }),
    'pods that are not among the manifests': read({ port: 'metrics' }, { selector: { matchLabels: { app: 'other' } } }),
    'pods of other namespaces': read({ port: 'metrics' }, { namespaceSelector: { any: true } }),
  },
  refuses: {
    'a port that no container names': [read({ port: 'metrics' }), 'PodMonitor: spec.podMetricsEndpoints[0].port'],
  },
});
