import { describe, expect, it } from 'vitest';
import { warningsBetween, RENDERS, edited } from '../../../support/publish-warnings';
import { filesIn } from '../../../support/programs';
import { configMap, type Files } from '../../../support/publishing';

const NIM = 'embeddings/text-embedding';
const ANYWHERE = 'clients from any address get in within seconds of the sync';

describe('a summary warns of', () => {
  it.each<
    [
      what: string,
      render: string,
      file: string,
      from: string | RegExp,
      to: string | undefined,
      warnings: string[],
      effect: RegExp,
    ]
  >([
    [
      'a changed selector of a Deployment',
      'production',
      'Deployment',
      /(matchLabels:\n +app.kubernetes.io\/instance): text-embedding/,
      '$1: other',
      [`Deployment ${NIM}, spec.selector.matchLabels["app.kubernetes.io/instance"]: the field is immutable`],
      /^the API server refuses the change, and every sync of it fails until somebody deletes the object: kubectl delete deployment text-embedding --namespace embeddings; its pods stop with it, and nothing serves until new ones are ready/,
    ],
    [
      'a changed access mode of a claim',
      'f5-nginx',
      'PersistentVolumeClaim',
      /ReadWrite(Once|Many)/,
      'ReadOnlyMany',
      [`PersistentVolumeClaim ${NIM}-model-cache, spec.accessModes[0]: the field is immutable`],
      /kubectl delete persistentvolumeclaim .*its volume and the model on it go too/,
    ],
    [
      'a removed claim that Argo CD keeps',
      'f5-nginx',
      'PersistentVolumeClaim',
      '',
      undefined,
      [`PersistentVolumeClaim ${NIM}-model-cache: it is removed`],
      /^Argo CD does not delete it \(Prune=false\): its Application stays OutOfSync until somebody does$/,
    ],
    [
      'another model behind the same service',
      'production',
      'Deployment',
      /(image: .*)\/llama-nemotron-embed-1b-v2:/,
      '$1/nv-embedqa-e5-v5:',
      [`Service ${NIM}: it serves nv-embedqa-e5-v5 in place of llama-nemotron-embed-1b-v2`],
      /both models answer.*vectors of two models do not compare/,
    ],
    [
      'a path more',
      'production',
      'Ingress.text-embedding',
      'path: /v1/models',
      'path: /v1/metrics',
      [`Ingress ${NIM}: it serves more paths: /v1/metrics (Exact)`],
      /^requests for them reach the NIM/,
    ],
    [
      'a path that became a prefix',
      'production',
      'Ingress.text-embedding',
      'path: /v1/models\n            pathType: Exact',
      'path: /v1/models\n            pathType: Prefix',
      [`Ingress ${NIM}: it serves more paths: /v1/models (Prefix)`],
      /./,
    ],
    [
      'a host more',
      'production',
      'Ingress.text-embedding',
      '- host: embeddings.example.com',
      '- host: "*.example.com"',
      [`Ingress ${NIM}: it serves more hosts: *.example.com`],
      /./,
    ],
    [
      'a lost authentication',
      'production',
      'Middleware.text-embedding-authentication',
      /forwardAuth:\n/,
      'headers:\n',
      [`Ingress ${NIM}: its authentication is gone`],
      /^everybody who reaches the door gets in within seconds of the sync, without a login$/,
    ],
    [
      'a lost rate limit',
      'f5-nginx',
      'Ingress',
      'nginx.org/limit-req-rate: ',
      'nginx.org/other: ',
      [`Ingress ${NIM}: its rate limit is gone`],
      /one client can take all/,
    ],
    [
      'a wider address range',
      'production',
      'Middleware.text-embedding-source-ranges',
      '203.0.113.0/24',
      '203.0.112.0/23',
      [`Ingress ${NIM}: it lets clients in from more addresses: 203.0.112.0/23`],
      /^clients from there get in/,
    ],
    ...(
      [
        ['traefik', 'Middleware.text-embedding-source-ranges', 'ipAllowList', 'headers'],
        ['f5-nginx', 'Policy.text-embedding-source-ranges', 'accessControl', 'other'],
        ['envoy-gateway', 'SecurityPolicy', 'clientCIDRs', 'other'],
        ['ingress-nginx', 'Ingress', 'whitelist-source-range', 'other'],
        ['haproxy', 'Ingress', 'haproxy.org/allow-list', 'haproxy.org/other'],
        ['openshift-route', 'Route.text-embedding-v1-models', 'ip_allowlist', 'other'],
      ] as const
    ).map(([render, file, from, to]): [string, string, string, string, string, string[], RegExp] => [
      `addresses that are no longer limited, with ${render}`,
      render,
      file,
      from,
      to,
      [expect.stringMatching(/: clients are no longer limited to [^]*203\.0\.113\.0\/24/) as unknown as string],
      new RegExp(`^${ANYWHERE}$`),
    ]),
    [
      'a policy that opens a way in',
      'production',
      'NetworkPolicy.text-embedding.k8s',
      'app.kubernetes.io/name: retriever',
      'app.kubernetes.io/part-of: rag',
      [
        `Deployment ${NIM}: network policies open new ways into its pods from: pods app.kubernetes.io/part-of=rag in namespace rag at TCP 8000`,
      ],
      /past the ingress with its TLS, limits and authentication$/,
    ],
    [
      'a policy that opens a way out',
      'production',
      'NetworkPolicy',
      '              - 10.0.0.0/8\n',
      '',
      [expect.stringMatching(/open new ways out of its pods to: 0\.0\.0\.0\/0 without .* at TCP 443$/)],
      /the network plugin lets the pods connect there/,
    ],
    [
      'a policy that names one more host',
      'fqdn-egress',
      'CiliumNetworkPolicy',
      'api.ngc.nvidia.com',
      'api.example.com',
      [
        expect.stringMatching(
          /^Job \S+fill\S+: network policies open new ways out of its pods to: api\.example\.com at TCP 443$/,
        ),
      ],
      /the network plugin lets the pods connect there/,
    ],
    [
      'a firewall that names one more host',
      'fqdn-egress-openshift',
      'EgressFirewall',
      'api.ngc.nvidia.com',
      'api.example.com',
      [
        expect.stringMatching(
          /^Job \S+fill\S+: network policies open new ways out of its pods to: api\.example\.com at TCP 443$/,
        ),
      ],
      /the network plugin lets the pods connect there/,
    ],
    [
      'a firewall that is gone',
      'fqdn-egress-openshift',
      'EgressFirewall',
      '',
      undefined,
      [
        expect.stringMatching(
          /^Job \S+fill\S+: network policies open new ways out of its pods to: 0\.0\.0\.0\/0 .*; ::\/0 /,
        ),
      ],
      /the network plugin lets the pods connect there/,
    ],
    [
      'a policy that is gone',
      'production',
      'NetworkPolicy.text-embedding.k8s',
      '',
      undefined,
      [
        `Deployment ${NIM}: no network policy limits the ways into its pods from anywhere any more`,
        `Deployment ${NIM}: no network policy limits the ways out of its pods to anywhere any more`,
      ],
      /./,
    ],
    [
      'a Service with a port on every node',
      'production',
      'Service.text-embedding',
      'type: ClusterIP',
      'type: NodePort\n  externalIPs:\n    - 203.0.113.9',
      [
        `Service ${NIM}, spec.type: its type is NodePort, and was ClusterIP`,
        `Service ${NIM}, spec.externalIPs: it has more external addresses: 203.0.113.9`,
      ],
      /past the ingress/,
    ],
  ])('%s', (_, render, file, from, to, warnings, effect) => {
    const found = warningsBetween(RENDERS[render] ?? {}, edited(render, file, from, to));
    expect(found.map(({ what }) => what)).toEqual(warnings);
    for (const warning of found) expect(warning.effect).toMatch(effect);
  });

  it('objects for Argo CD among what it syncs', () => {
    const [first, second, ...others] = warningsBetween({}, filesIn('examples/argocd/rendered'));
    expect(first).toEqual({
      what: 'AppProject argocd/embeddings: it lies among what Argo CD syncs',
      effect:
        'the Application of this folder syncs it too, and fails where its project does not permit that; publish each folder of the render into a folder of its own',
    });
    expect(second?.what).toBe('Application argocd/embeddings-production-eu: it lies among what Argo CD syncs');
    expect(others).toHaveLength(4);
  });

  it('a changed template of a Job', () => {
    const job = (image: string): Files => ({
      'job.yaml': `apiVersion: batch/v1\nkind: Job\nmetadata: {name: fill}\nspec: {template: {spec: {containers: [{name: a, image: ${image}}]}}}\n`,
    });
    expect(warningsBetween(job('a:1'), job('a:2'))).toEqual([
      {
        what: 'Job fill, spec.template.spec.containers[a].image: the field is immutable',
        effect: expect.stringContaining('kubectl delete job fill; what it has done is not undone') as unknown,
      },
    ]);
  });

  it.each([
    'argocd.argoproj.io/sync-options: Force=true,Replace=true',
    'argocd.argoproj.io/hook: PreSync',
    'argocd.argoproj.io/hook: PreSync\n    argocd.argoproj.io/hook-delete-policy: BeforeHookCreation',
  ])('a changed template of a Job that Argo CD makes anew: %s', (annotation) => {
    const job = (image: string): Files => ({
      'job.yaml': `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: fill\n  annotations:\n    ${annotation}\nspec:\n  template: ${image}\n`,
    });
    expect(warningsBetween(job('a'), job('b')).map(({ effect }) => effect)).toEqual([
      'Argo CD deletes the object and makes it anew, as its annotations ask for; what it has done is not undone, and the new one runs from the start',
    ]);
  });

  it('a claim that is to get smaller', () => {
    const files = RENDERS['f5-nginx'] ?? {};
    const smaller = edited('f5-nginx', 'PersistentVolumeClaim', /storage: \d+Gi/, 'storage: 1Gi');
    expect(warningsBetween(files, smaller).map(({ what }) => what)).toEqual([
      `PersistentVolumeClaim ${NIM}-model-cache, spec.resources.requests.storage: a claim does not get smaller`,
    ]);
  });

  it('a changed ConfigMap that is immutable, and no other', () => {
    const fixed = (value: string): Files => ({ 'a.yaml': `${configMap('a', { a: value })}immutable: true\n` });
    expect(warningsBetween(fixed('b'), fixed('c'))).toHaveLength(1);
    expect(warningsBetween({ 'a.yaml': configMap('a') }, { 'a.yaml': configMap('a', { a: 'c' }) })).toEqual([]);
  });

  it('a removed namespace', () => {
    const namespace = { 'a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: embeddings}\n' };
    expect(warningsBetween(namespace, {})).toEqual([
      {
        what: 'Namespace embeddings: it is removed',
        effect: expect.stringContaining('everything in it goes') as unknown,
      },
    ]);
  });

  it('a new door to a Service that was there', () => {
    const files = RENDERS['production'] ?? {};
    const doors = Object.fromEntries(
      Object.entries(files).filter(([name]) => !name.startsWith('Ingress.text-embedding.')),
    );
    expect(warningsBetween(doors, files).map(({ what }) => what)).toEqual([
      `Ingress ${NIM}: a new front door for embeddings.example.com, to a Service that was there before`,
    ]);
  });
});
