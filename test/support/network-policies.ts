import type { Manifest } from '../../lib/manifests/manifest';
import { alone, type Change, nimObjects, nimWith } from './rules';

export const LABELS = { matchLabels: { app: 'a' } };

/** The exceptions that leave out the other networks inside. */
export const OTHER_PRIVATE = ['10.0.0.0/8', '100.64.0.0/10', '169.254.0.0/16', '172.16.0.0/12'];

export const exists = (key: string): object => ({ key, operator: 'Exists' });
export const in_ = (key: string, ...values: string[]): object => ({ key, operator: 'In', values });

export function otherPods(containerPort: number): Manifest[] {
  return alone('apps/v1', 'Deployment', {
    spec: {
      template: {
        metadata: { labels: { app: 'other' } },
        spec: { containers: [{ name: 'a', ports: [{ containerPort }] }] },
      },
    },
  });
}

/** A NIM whose pods these peers may call. */
export function nimFrom(peer: object): Manifest[] {
  return nimWith(['NetworkPolicy', 'spec.ingress.0.from.0', peer]);
}

/** A NIM with a container beside it that asks for a login. */
export const withSidecar = (...changes: Change[]): Manifest[] =>
  nimWith(
    ['Deployment', 'spec.template.spec.containers.1', { name: 'oauth2-proxy', ports: [{ containerPort: 4180 }] }],
    ...changes,
  );

export const TRITON_METRICS: Change = [
  'Deployment',
  'spec.template.spec.containers.0.ports.1',
  { name: 'triton-metrics', containerPort: 8002 },
];

/** A policy for pods that are no NIM, beside one. */
export function policyFor(app: string, from: object[], to: object[] = []): Manifest[] {
  return [
    ...nimObjects(),
    ...otherPods(8001),
    ...alone('networking.k8s.io/v1', 'NetworkPolicy', {
      spec: {
        podSelector: { matchLabels: { app } },
        ingress: from.length === 0 ? [] : [{ from, ports: [{ port: 8001 }] }],
        egress: to.length === 0 ? [] : [{ to, ports: [{ port: 443 }] }],
      },
    }),
  ];
}
