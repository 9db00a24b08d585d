import { serviceOnlyApiPort } from '../../lib/rules/service-only-api-port';
import { alone, nimObjects, nimWith, REMOVED, testRule } from '../support/rules';

const labelled = (labels: object): ReturnType<typeof alone> =>
  alone('apps/v1', 'Deployment', {
    spec: { template: { metadata: { labels }, spec: { containers: [{ name: 'a', ports: [{ containerPort: 80 }] }] } } },
  });

testRule(serviceOnlyApiPort, {
  accepts: {
    'a Service without a type': nimWith(['Service', 'spec.type', REMOVED]),
    'a target by number': nimWith(['Service', 'spec.ports.0.targetPort', 8000]),
    'a target that is the port itself': nimWith(['Service', 'spec.ports.0', { port: 8000 }]),
    'other pods that do not declare the port': [...nimObjects(), ...labelled({ app: 'other' })],
  },
  refuses: {
    'a port on every node': [nimWith(['Service', 'spec.type', 'NodePort']), 'Service: spec.type'],
    'a load balancer': [nimWith(['Service', 'spec.type', 'LoadBalancer']), 'Service: spec.type'],
    'addresses from outside': [nimWith(['Service', 'spec.externalIPs', ['203.0.113.7']]), 'Service: spec.externalIPs'],
    'two ports': [nimWith(['Service', 'spec.ports.1', { port: 8001, targetPort: 'http-api' }]), 'Service: spec.ports'],
    'no port': [nimWith(['Service', 'spec.ports', []]), 'Service: spec.ports'],
    'a target that no container declares': [
      nimWith(['Service', 'spec.ports.0.targetPort', 'grpc']),
      'Service: spec.ports[0].targetPort',
    ],
    'a target that only some of the selected pods declare': [
      [
        ...nimWith(
          ['Service', 'spec.selector', { app: 'a' }],
          ['Deployment', 'spec.template.metadata.labels.app', 'a'],
        ),
        ...labelled({ app: 'a' }),
      ],
      'Service: spec.ports[0].targetPort',
    ],
  },
});
