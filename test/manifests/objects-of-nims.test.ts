import { describe, expect, it } from 'vitest';
import { type Manifest, showObject } from '../../lib/manifests/manifest';
import { Manifests } from '../../lib/manifests/manifests';
import { objectsOfNims } from '../../lib/manifests/objects-of-nims';
import { cli, yaml } from '../support/command-line';
import { envoyPolicy, goldenRenders, httpRoute, nimObjects, traefik } from '../support/rules';

const namesOf = (objects: readonly Manifest[]): string[] => {
  const found = objectsOfNims(new Manifests(objects));
  return objects.filter((object) => found.has(object)).map(showObject);
};
const object = (apiVersion: string, kind: string, name: string, fields: object = {}): Manifest => ({
  apiVersion,
  kind,
  metadata: { name, namespace: 'embeddings' },
  ...fields,
});
const pods = (app: string): object => ({
  spec: {
    selector: { matchLabels: { app } },
    template: { metadata: { labels: { app } }, spec: { containers: [{ name: 'web', image: 'web:1' }] } },
  },
});
/** Another application in the same namespace, which calls the NIM. */
const website: Manifest[] = [
  object('apps/v1', 'Deployment', 'website', pods('website')),
  object('v1', 'Service', 'website', { spec: { selector: { app: 'website' }, ports: [{ port: 80 }] } }),
  object('networking.k8s.io/v1', 'Ingress', 'website', {
    spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'website', port: { number: 80 } } } }] } }] },
  }),
  object('networking.k8s.io/v1', 'NetworkPolicy', 'website', {
    spec: {
      podSelector: { matchLabels: { app: 'website' } },
      egress: [{ to: [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': 'text-embedding-nim' } } }] }],
    },
  }),
  object('v1', 'ConfigMap', 'website', { data: { url: 'text-embedding' } }),
  object('monitoring.coreos.com/v1', 'ServiceMonitor', 'website', {
    spec: { selector: { matchLabels: { app: 'website' } } },
  }),
];

describe('the objects of NIMs', () => {
  it.each(goldenRenders())('are all that $name renders', ({ objects }) => {
    const others = objects.filter(({ kind }) => kind !== 'Namespace');
    expect(namesOf(others)).toEqual(others.map(showObject));
  });

  it('are not those of an application beside it', () => {
    expect(namesOf([...nimObjects(), ...website])).toEqual(nimObjects().map(showObject));
    expect(namesOf(website)).toEqual([]);
  });

  it.each<[string, Manifest]>([
    [
      'a mesh sends to its Service',
      object('networking.istio.io/v1', 'VirtualService', 'x', {
        spec: { http: [{ route: [{ destination: { host: 'text-embedding.embeddings.svc' } }] }] },
      }),
    ],
    ['a policy selects every pod', object('networking.k8s.io/v1', 'NetworkPolicy', 'x', { spec: { podSelector: {} } })],
    [
      'a monitor selects its Service',
      object('monitoring.coreos.com/v1', 'ServiceMonitor', 'x', {
        spec: { selector: { matchLabels: { 'app.kubernetes.io/instance': 'text-embedding' } } },
      }),
    ],
    [
      'an autoscaler scales it',
      object('autoscaling/v2', 'HorizontalPodAutoscaler', 'x', {
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'text-embedding' } },
      }),
    ],
    ['an operator runs it', object('apps.nvidia.com/v1alpha1', 'NIMService', 'x')],
  ])('are there where %s', (_, added) => {
    expect(namesOf([...nimObjects(), added])).toContain(showObject(added));
  });

  it('have what targets the door, and what that names', () => {
    const policy = envoyPolicy('SecurityPolicy', { basicAuth: { users: { name: 'passwords' } } });
    const secret = object('v1', 'Secret', 'passwords');
    const middleware = traefik('Middleware', 'limit', {});
    const objects = [
      ...nimObjects(),
      httpRoute({}, { 'example.com/middlewares': 'embeddings-limit@kubernetescrd' }),
      ...policy,
      secret,
      ...middleware,
    ];
    expect(namesOf(objects)).toEqual(objects.map(showObject));
  });
});

describe('cdk8s-nim check --nim-only', () => {
  const files = { 'nim.yaml': yaml(nimObjects()), 'website.yaml': yaml(website) };

  it('judges the NIM beside another application, and says what it left out', () => {
    expect(cli(['check', 'DIR'], files).code).toBe(1);
    const { code, out } = cli(['check', '--nim-only', 'DIR'], files);
    expect(code).toBe(0);
    expect(out).toContain('DIR/website.yaml: left out: Deployment embeddings/website: of another application\n');
    expect(out).toContain(`${website.length} left out`);
    expect(JSON.parse(cli(['check', '--nim-only', '--format', 'json', 'DIR'], files).out)).toMatchObject({
      leftOut: website.map(({ kind }) => ({ kind, name: 'website', file: 'DIR/website.yaml' })),
    });
    expect(cli(['check', '--nim-only', '--format', 'sarif', 'DIR'], files).out).toContain(
      'left out, of another application: Deployment (apps/v1)',
    );
  });

  it('finds a second way to the NIM', () => {
    const door = object('v1', 'Service', 'bypass', {
      spec: { type: 'NodePort', selector: { 'app.kubernetes.io/instance': 'text-embedding' }, ports: [{ port: 8000 }] },
    });
    const { code, out } = cli(['check', '--nim-only', 'DIR'], { ...files, 'door.yaml': yaml([door]) });
    expect(code).toBe(1);
    expect(out).toContain('error service-only-api-port: Service embeddings/bypass');
  });

  it('refuses manifests without a NIM', () => {
    const { code, error } = cli(['check', '--nim-only', 'DIR'], { 'website.yaml': yaml(website) });
    expect(code).toBe(2);
    expect(error).toContain(
      'nimOnly: true is refused: there is no NIM among the 6 objects, and nothing would be judged; leave it out, or check the manifests of a NIM',
    );
  });
});
