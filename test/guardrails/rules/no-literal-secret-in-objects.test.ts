import { describe, expect, it } from 'vitest';
import type { Manifest } from '../../../lib/manifests/manifest';
import { base64, against } from '../../support/literal-secrets';
import { alone, type Change, nimWith, traefik } from '../../support/rules';

describe('a command', () => {
  const COMMAND = 'spec.template.spec.containers.0';
  const run = (command: readonly string[], args?: readonly string[]): string[] =>
    against(
      nimWith(['Deployment', `${COMMAND}.command`, command], ...(args ? [change(`${COMMAND}.args`, args)] : [])),
    ).map((field) => field.replace('Deployment: spec.template.spec.containers[0].', ''));
  const change = (path: string, value: unknown): Change => ['Deployment', path, value];

  it.each([
    [['serve', '--api-key=hunter2'], 'command[1]'],
    [['serve', '--password', 'hunter2'], 'command[2]'],
    [['sh', '-c', 'export NGC_API_KEY=hunter2 && serve'], 'command[2]'],
    [['sh', '-c', 'NGC_API_KEY="hunter2" serve'], 'command[2]'],
    [['sh', '-c', 'serve \\\n  --password \\\n  hunter2'], 'command[2]'],
    [['curl', '-u', 'me:hunter2', 'https://example.com'], 'command[2]'],
    [['sh', '-c', 'curl -u me:hunter2 https://example.com'], 'command[2]'],
    [['curl', '-H', 'X-Api-Key: hunter2', 'https://example.com'], 'command[2]'],
    [['sh', '-c', "curl -H 'X-Api-Key: hunter2' https://example.com"], 'command[2]'],
    [['sh', '-c', "curl -H 'Authorization: Bearer abcdef123456' https://example.com"], 'command[2]'],
    [['helm', 'upgrade', '--set', 'auth.password=hunter2'], 'command[3]'],
    [['kubectl', 'create', 'secret', 'generic', 'a', '--from-literal=password=hunter2'], 'command[5]'],
  ])('%j is refused', (command, field) => {
    expect(run(command)).toEqual([field]);
  });

  it.each([
    [['serve', '--api-key=$(NGC_API_KEY)']],
    [['serve', '--password', '--verbose']],
    [['serve', '--password-file=/run/secrets/password', '--tls-key', '/etc/tls/tls.key', '--key=v1']],
    [['serve', '--default-secret=certificates', '--token', '/run/token']],
    [['sh', '-c', 'export TOKEN=$(cat /run/secrets/token) PASSWORD="$1" KEY=`cat /key`; PASS= serve']],
    [['sh', '-c', 'TOKEN="$(curl -s "https://example.com/token")" && [ "$TOKEN" = "x" ]']],
    [['sh', '-c', 'curl -u "$USER:$PASSWORD" https://example.com; curl -u me https://example.com']],
    [['sh', '-c', 'curl https://example.com && install -u 1000:1000 a b']],
    [['sh', '-c', 'psql --no-password database; serve --token ; serve']],
    [['sh', '-c', 'serve --token\nserve']],
    [['chown', '-u', 'me:users', '/data']],
    [['sh', '-c', 'echo "Enter password: now"']],
  ])('%j is accepted', (command) => {
    expect(run(command)).toEqual([]);
  });

  it('is read together with its args', () => {
    expect(run(['curl'], ['-u', 'me:hunter2', 'https://example.com'])).toEqual(['args[1]']);
  });

  const container = { name: 'a', image: 'a', command: ['a', '--password=hunter2'] };
  const pod = {
    initContainers: [container],
    containers: [{ readinessProbe: { exec: { command: container.command } } }],
  };

  it('is read in every kind of pod, in init containers and in probes', () => {
    expect(
      against(alone('batch/v1', 'CronJob', { spec: { jobTemplate: { spec: { template: { spec: pod } } } } })),
    ).toEqual([
      'CronJob: spec.jobTemplate.spec.template.spec.initContainers[0].command[1]',
      'CronJob: spec.jobTemplate.spec.template.spec.containers[0].readinessProbe.exec.command[1]',
    ]);
  });
});

describe('a header', () => {
  const probe = (value: string): Manifest[] =>
    nimWith([
      'Deployment',
      'spec.template.spec.containers.0.readinessProbe.httpGet.httpHeaders',
      [{ name: 'Authorization', value }],
    ]);
  const HEADER = 'Deployment: spec.template.spec.containers[0].readinessProbe.httpGet.httpHeaders[0].value';

  it.each(['Bearer abcdef123456', 'Bearer hunter', `Basic ${base64('me:hunter2')}`])(
    'of a probe is refused: %s',
    (value) => {
      expect(against(probe(value))).toEqual([HEADER]);
    },
  );

  it('of a probe is accepted without a credential', () => {
    expect(against(probe('Bearer $(TOKEN)'))).toEqual([]);
  });

  it.each(['Authorization', 'X-Api-Key'])('%s that Traefik adds is refused', (name) => {
    const headers = { customRequestHeaders: { [name]: 'Bearer hunter', 'X-Forwarded-Proto': 'https' } };
    expect(against(traefik('Middleware', 'a', { headers }))).toEqual([
      `Middleware: spec.headers.customRequestHeaders.${name}`,
    ]);
  });
});

describe('a template of a Secret', () => {
  const template = (data: Record<string, string>): object => ({ target: { template: { data } } });
  const PLACE = 'spec.target.template.data';

  it('holds no password that is written out', () => {
    const spec = template({ username: 'app', password: 'hunter2' });
    expect(against(alone('external-secrets.io/v1', 'ExternalSecret', { spec }))).toEqual([
      `ExternalSecret: ${PLACE}.password`,
    ]);
    expect(
      against(alone('external-secrets.io/v1', 'ClusterExternalSecret', { spec: { externalSecretSpec: spec } })),
    ).toEqual([`ClusterExternalSecret: spec.externalSecretSpec.target.template.data.password`]);
    expect(
      against(alone('bitnami.com/v1alpha1', 'SealedSecret', { spec: { template: { data: { password: 'hunter2' } } } })),
    ).toEqual(['SealedSecret: spec.template.data.password']);
  });

  it.each(['postgres://{{.user}}:{{.password}}@db', 'postgres://{{ .user }}:{{ .password }}@db'])(
    'may fill in a URL: %s',
    (url) => {
      const data = { url, password: '{{ .password }}', 'api-key': '{{ index . "api-key" | trim }}' };
      expect(against(alone('external-secrets.io/v1', 'ExternalSecret', { spec: template(data) }))).toEqual([]);
    },
  );

  it('is read in templateFrom too', () => {
    const literal = (text: string): Manifest[] =>
      alone('external-secrets.io/v1', 'ExternalSecret', {
        spec: { target: { template: { templateFrom: [{ target: 'Data', literal: text }] } } },
      });
    expect(against(literal('user: app\npassword: hunter2'))).toEqual([
      'ExternalSecret: spec.target.template.templateFrom[0].literal',
    ]);
    expect(against(literal('password: "{{ .password }}"'))).toEqual([]);
  });
});

describe('an Application of Argo CD', () => {
  const application = (helm: object): Manifest[] =>
    alone('argoproj.io/v1alpha1', 'Application', { spec: { source: { helm } } });

  it.each<[object, string]>([
    [{ parameters: [{ name: 'ngc.apiKey', value: 'hunter2' }] }, 'parameters[0].value'],
    [{ parameters: [{ name: 'auth.password', value: 'hunter2' }] }, 'parameters[0].value'],
    [{ values: 'ngc:\n  apiKey: hunter2\n' }, 'values'],
    [{ valuesObject: { ngc: { apiKey: 'hunter2' } } }, 'valuesObject.ngc.apiKey'],
    [{ valuesObject: { auth: { password: 12345 } } }, 'valuesObject.auth.password'],
    [{ valuesObject: { apiKeys: ['hunter2'] } }, 'valuesObject.apiKeys[0]'],
    [{ valuesObject: { env: [{ name: 'NGC_API_KEY', value: 'hunter2' }] } }, 'valuesObject.env[0].value'],
  ])('with %j is refused', (helm, field) => {
    expect(against(application(helm))).toEqual([`Application: spec.source.helm.${field}`]);
  });

  it('is read as the template of an ApplicationSet too', () => {
    const spec = { template: { spec: { sources: [{ helm: { valuesObject: { password: 'hunter2' } } }] } } };
    expect(against(alone('argoproj.io/v1alpha1', 'ApplicationSet', { spec }))).toEqual([
      'ApplicationSet: spec.template.spec.sources[0].helm.valuesObject.password',
    ]);
  });

  it.each<[object]>([
    [{ parameters: [{ name: 'auth.existingSecret', value: 'users' }] }],
    [{ values: 'auth:\n  existingSecret: users\n  secretKeys:\n    adminPasswordKey: admin-password\n' }],
    [{ valuesObject: { auth: { redisSecret: 'redis', secretKey: 'password', password: null, token: '' } } }],
    [{ valuesObject: { replicas: 2, usePassword: true, credentials: 'registry' } }],
  ])('with %j is accepted', (helm) => {
    expect(against(application(helm))).toEqual([]);
  });
});
