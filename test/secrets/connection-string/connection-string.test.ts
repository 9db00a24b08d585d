import { Duration } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ConnectionString, type ConnectionStringProps, ContainerImage, SecretStoreRef } from 'cdk8s-nim';
import { evaluateTemplate } from '../../support/go-template';
import { at, find, type Manifest, render, testChart } from '../../support/manifests';
import { nimDeployment } from '../../support/nims';
import { expectRefusal } from '../../support/refusals';
import { rulesAgainst } from '../../support/rules';
import { isManifest } from '../../../lib/manifests/manifest';
import { DIFFICULT_PASSWORDS } from '../../support/difficult-passwords';

const base: ConnectionStringProps = {
  store: SecretStoreRef.cluster('vault'),
  scheme: 'postgresql',
  host: 'database.data.svc',
  user: { key: 'data/vectors', property: 'user' },
  password: { key: 'data/vectors', property: 'password' },
};

function rendered(props: Partial<ConnectionStringProps> = {}): Manifest {
  const chart = testChart();
  ConnectionString.fromExternalSecrets(chart, 'vectors', { ...base, ...props });
  return find(render(chart), 'ExternalSecret', props.secretName ?? 'vectors');
}

/** What the operator makes of a user and a password. */
function made(values: Record<string, string>, props: Partial<ConnectionStringProps> = {}): string {
  const templates = at(rendered(props), 'spec.target.template.data') as Record<string, string>;
  return evaluateTemplate(Object.values(templates)[0] ?? '', values);
}

describe('a connection string', () => {
  it('is one ExternalSecret that reads both values and writes one', () => {
    const remote = { conversionStrategy: 'Default', decodingStrategy: 'None', metadataPolicy: 'None' };
    expect(rendered()).toEqual({
      apiVersion: 'external-secrets.io/v1',
      kind: 'ExternalSecret',
      metadata: {
        name: 'vectors',
        namespace: 'embeddings',
        labels: {
          'app.kubernetes.io/name': 'connection-string',
          'app.kubernetes.io/part-of': 'nemo-retriever',
          'app.kubernetes.io/managed-by': 'cdk8s',
        },
      },
      spec: {
        refreshInterval: '1h0m0s',
        secretStoreRef: { kind: 'ClusterSecretStore', name: 'vault' },
        target: {
          name: 'vectors',
          creationPolicy: 'Owner',
          deletionPolicy: 'Retain',
          template: {
            engineVersion: 'v2',
            mergePolicy: 'Replace',
            type: 'Opaque',
            metadata: { labels: { 'app.kubernetes.io/managed-by': 'external-secrets' } },
            data: {
              uri:
                '{{ if has (trim .user) (list "" "null") }}{{ fail "the user is empty" }}{{ end }}' +
                '{{ if has (trim .password) (list "" "null") }}{{ fail "the password is empty" }}{{ end }}' +
                'postgresql://{{ .user | urlquery | replace "+" "%20" }}:{{ .password | urlquery | replace "+" "%20" }}@database.data.svc',
            },
          },
        },
        data: [
          { secretKey: 'user', remoteRef: { key: 'data/vectors', property: 'user', ...remote } },
          { secretKey: 'password', remoteRef: { key: 'data/vectors', property: 'password', ...remote } },
        ],
      },
    });
  });

  it.each<[string, Partial<ConnectionStringProps>, string]>([
    [
      'all parts',
      { port: 5432, path: 'a b/c', parameters: { sslmode: 'require', 'a&b': '1=2' } },
      'postgresql://u:p@database.data.svc:5432/a%20b/c?a%26b=1%3D2&sslmode=require',
    ],
    [
      'braces, which are no template',
      { path: '{{ .password }}' },
      'postgresql://u:p@database.data.svc/%7B%7B%20.password%20%7D%7D',
    ],
    ['another scheme', { scheme: 'mongodb+srv' }, 'mongodb+srv://u:p@database.data.svc'],
    ['an address', { host: '10.0.0.7' }, 'postgresql://u:p@10.0.0.7'],
    ['an IPv6 address', { host: '[2001:db8::7]', port: 1 }, 'postgresql://u:p@[2001:db8::7]:1'],
    ['no user', { scheme: 'redis', user: undefined as never, path: '0' }, 'redis://:p@database.data.svc/0'],
  ])('has %s', (_, props, url) => {
    expect(made({ user: 'u', password: 'p' }, props)).toBe(url);
  });

  it.each(DIFFICULT_PASSWORDS)('has a password that comes back as it was: %j', (password) => {
    const url = new URL(made({ user: password, password }, { port: 5432, path: 'vectors' }));
    expect(decodeURIComponent(url.password)).toBe(password);
    expect(decodeURIComponent(url.username)).toBe(password);
    expect([url.host, url.pathname, url.search, url.hash]).toEqual(['database.data.svc:5432', '/vectors', '', '']);
  });

  it('has any password that comes back as it was', () => {
    const empty = /^\p{White_Space}*(null)?\p{White_Space}*$/u;
    const values = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => !empty.test(value));
    const template = Object.values(at(rendered(), 'spec.target.template.data') as Record<string, string>)[0] ?? '';
    fc.assert(
      fc.property(values, values, (user, password) => {
        const url = new URL(evaluateTemplate(template, { user, password }));
        expect(decodeURIComponent(url.password)).toBe(password);
        expect(decodeURIComponent(url.username)).toBe(user);
        expect(url.host).toBe('database.data.svc');
      }),
    );
  });

  it.each(['', ' \n', 'null'])('is not made of an empty user or password: %j', (empty) => {
    expect(() => made({ user: empty, password: 'p' })).toThrow('the user is empty');
    expect(() => made({ user: 'u', password: empty })).toThrow('the password is empty');
  });

  it('has a name, a key and an interval of its own', () => {
    const object = rendered({
      secretName: 'database',
      secretKey: 'DATABASE_URL',
      refreshInterval: Duration.minutes(5),
      operatorVersion: '2.5',
    });
    expect(at(object, 'spec.refreshInterval')).toBe('5m0s');
    expect(Object.keys(at(object, 'spec.target.template.data') as object)).toEqual(['DATABASE_URL']);
    expect(at(object, 'spec.data.0.remoteRef.nullBytePolicy')).toBe('Ignore');
  });

  it('is given to a NIM and to an init container, and the guardrails find nothing', () => {
    const chart = testChart();
    const { value, secret, namespace, object } = ConnectionString.fromExternalSecrets(chart, 'vectors', base);
    const image = ContainerImage.fromReference('registry.example.com/migrate:1.0.0');
    nimDeployment(
      { secretEnv: { VECTORS_URL: value }, initContainers: [{ name: 'migrate', image, secretEnv: { URL: value } }] },
      chart,
    );
    const objects = render(chart).filter(isManifest);
    const pod = at(find(objects, 'Deployment', 'text-embedding'), 'spec.template.spec');
    const valueFrom = { secretKeyRef: { name: 'vectors', key: 'uri' } };
    expect(at(pod, 'containers.0.env')).toContainEqual({ name: 'VECTORS_URL', valueFrom });
    expect(at(pod, 'initContainers.0.env')).toContainEqual({ name: 'URL', valueFrom });
    expect(rulesAgainst(objects).filter((id) => id.includes('secret'))).toEqual([]);
    expect([secret.name, namespace, object.name]).toEqual(['vectors', 'embeddings', 'vectors']);
  });
});

describe('a connection string is refused', () => {
  it.each(['PostgreSQL', '', 'postgresql://', '1a'])('with the scheme %j', (scheme) => {
    expectRefusal(() => rendered({ scheme }), {
      what: 'ConnectionString scheme',
      value: JSON.stringify(scheme),
      because: 'a scheme is lower-case letters',
      instead: 'write what comes before "://", for example "postgresql"',
    });
  });

  it.each(['', 'a:5432', 'a/b', 'a,b', 'A', '2001:db8::7', '{{ .user }}'])('with the host %j', (host) => {
    expectRefusal(() => rendered({ host }), {
      what: 'ConnectionString host',
      value: JSON.stringify(host),
      because: 'a host is one DNS name in lower case, one IPv4 address, or one IPv6 address in brackets',
      instead: 'write for example "database.data.svc", and port, user, password and path in props of their own',
    });
  });

  it('with a password in its host, which the message does not repeat', () => {
    const run = (): unknown => rendered({ host: 'user:canary@database' });
    expectRefusal(run, { what: 'ConnectionString host', value: '"(hidden)"', because: 'a host is', instead: 'write' });
    expect(run).not.toThrow('canary');
  });

  it('with a path that begins like one', () => {
    expectRefusal(() => rendered({ path: '/vectors' }), {
      what: 'ConnectionString path',
      value: '"/vectors"',
      because: 'the "/" behind the server is written already',
      instead: 'write "vectors"',
    });
  });

  it.each([
    ['password', 'canary', 'a credential, by its name'],
    ['options', 'nvapi-canary', 'an NVIDIA API key'],
    ['path', 'nvapi-canary', 'an NVIDIA API key'],
  ])('with a credential in the parameter %s', (name, value, kind) => {
    const run = (): unknown => rendered({ parameters: { [name]: value } });
    expectRefusal(run, {
      what: `ConnectionString parameters ${name}`,
      value: '"(hidden)"',
      because: `it holds ${kind}, and manifests are stored in Git`,
      instead: 'leave it out: user and password are read from the store',
    });
    expect(run).not.toThrow('canary');
  });

  it('with a value in place of a reference', () => {
    expect(() => rendered({ password: { key: 'nvapi-canary' } })).toThrow(
      /^ConnectionString password key: "\(hidden\)" is refused: it holds an NVIDIA API key/,
    );
  });

  it('with names that nothing can have', () => {
    expect(() => rendered({ secretName: 'Database' })).toThrow(/^ConnectionString secretName: /);
    expect(() => rendered({ secretKey: 'a/b' })).toThrow(/^ConnectionString secretKey: /);
    expect(() => rendered({ refreshInterval: Duration.seconds(0) })).toThrow(/^ConnectionString refreshInterval: /);
    expect(() => rendered({ operatorVersion: 'v2' })).toThrow(/^ConnectionString operatorVersion: /);
  });
});
