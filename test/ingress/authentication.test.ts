import { Secret } from 'cdk8s-plus-28';
import { IngressAuthentication, type JwtAuthenticationOptions } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { testChart } from '../support/manifests';
import { expectRefusal } from '../support/refusals';

const secretNamed = (name: string) => Secret.fromSecretName(testChart(), 'secret', name);

describe('IngressAuthentication.external', () => {
  it('takes the URL apart, with the Service behind it', () => {
    const url = 'https://auth.sso.svc.cluster.local:8443/check';
    expect(IngressAuthentication.external({ url, responseHeaders: ['X-User'] })._spec).toEqual({
      kind: 'external',
      endpoint: {
        url,
        tls: true,
        host: 'auth.sso.svc.cluster.local',
        port: 8443,
        path: '/check',
        service: { name: 'auth', namespace: 'sso' },
      },
      responseHeaders: ['X-User'],
      oauth2Proxy: false,
    });
  });

  it.each([
    ['http://auth.sso.svc/check', 80, { name: 'auth', namespace: 'sso' }],
    ['https://auth.example.com/', 443, undefined],
    ['http://svc.example.com/check', 80, undefined],
  ])('knows port and Service of %s', (url, port, service) => {
    expect(IngressAuthentication.external({ url })._spec).toMatchObject({ endpoint: { port, service } });
  });

  it.each([
    'auth.example.com/check',
    'ftp://auth.example.com/check',
    'http://auth.example.com',
    'http://auth.example.com/check?user=1',
    'http://AUTH.example.com/check',
    'http://auth.example.com/check\nproxy_pass http://elsewhere',
  ])('refuses %j', (url) => {
    expectRefusal(() => IngressAuthentication.external({ url }), {
      what: 'IngressAuthentication.external url',
      value: JSON.stringify(url),
      because: 'it is scheme, host, optional port and path',
      instead: 'write for example "http://oauth2-proxy.auth.svc.cluster.local/oauth2/auth"',
    });
  });

  it('refuses a credential in the URL, and does not repeat it', () => {
    const act = () => IngressAuthentication.external({ url: 'http://user:secret@auth.example.com/check' });
    expect(act).not.toThrow(/user:secret/);
    expectRefusal(act, {
      what: 'IngressAuthentication.external url',
      value: '"(hidden)"',
      because: 'it holds a credential',
      instead: 'let the authentication service trust the controller instead',
    });
  });

  it('refuses a port that does not exist', () => {
    expectRefusal(() => IngressAuthentication.external({ url: 'http://auth.example.com:99999/check' }), {
      what: 'IngressAuthentication.external port',
      value: '99999',
      because: 'a whole number from 1 to 65535',
      instead: 'write the port that the server listens on',
    });
  });

  it('refuses a header that cannot exist', () => {
    const responseHeaders = ['X-User', 'X User'];
    expectRefusal(() => IngressAuthentication.external({ url: 'http://auth.example.com/check', responseHeaders }), {
      what: 'IngressAuthentication.external responseHeaders',
      value: '"X User"',
      because: 'letters, digits and "-"',
      instead: 'write for example "X-Api-Key"',
    });
  });
});

describe('IngressAuthentication.oauth2Proxy', () => {
  it('asks the path that answers 401, and never a login page', () => {
    expect(IngressAuthentication.oauth2Proxy({ namespace: 'auth' })._spec).toMatchObject({
      kind: 'external',
      endpoint: { url: 'http://oauth2-proxy.auth.svc.cluster.local/oauth2/auth', port: 80 },
    });
  });

  it('finds another Service on another port', () => {
    const options = { namespace: 'auth', serviceName: 'sso', port: 4180 };
    expect(IngressAuthentication.oauth2Proxy(options)._spec).toMatchObject({
      endpoint: {
        url: 'http://sso.auth.svc.cluster.local:4180/oauth2/auth',
        port: 4180,
        service: { name: 'sso', namespace: 'auth' },
      },
    });
  });

  it('finds it in a cluster whose names end otherwise', () => {
    expect(IngressAuthentication.oauth2Proxy({ namespace: 'auth', clusterDomain: 'k8s.example' })._spec).toMatchObject({
      endpoint: {
        url: 'http://oauth2-proxy.auth.svc.k8s.example/oauth2/auth',
        service: { name: 'oauth2-proxy', namespace: 'auth' },
      },
    });
  });

  it.each([
    [{ namespace: 'Auth' }, 'namespace', '"Auth"', 'a namespace name is', 'kubectl get namespaces'],
    [{ namespace: 'auth', serviceName: '2proxy' }, 'serviceName', '"2proxy"', 'begins with a letter', 'rename it'],
    [{ namespace: 'auth', port: 0 }, 'port', '0', 'from 1 to 65535', 'write the port'],
    [{ namespace: 'auth', clusterDomain: '.local' }, 'clusterDomain', '".local"', 'a domain is', '/etc/resolv.conf'],
  ])('refuses %j', (options, name, value, because, instead) => {
    const what = `IngressAuthentication.oauth2Proxy ${name}`;
    expectRefusal(() => IngressAuthentication.oauth2Proxy(options), { what, value, because, instead });
  });
});

describe('IngressAuthentication.jwt', () => {
  const OPTIONS: JwtAuthenticationOptions = {
    issuer: 'https://login.example.com',
    jwksUri: 'https://login.example.com/keys',
    audiences: ['embeddings'],
  };

  it('carries issuer, keys and audiences', () => {
    expect(IngressAuthentication.jwt(OPTIONS)._spec).toEqual({ kind: 'jwt', ...OPTIONS });
  });

  it.each(['issuer', 'jwksUri'] as const)('refuses an address without HTTPS as %s', (name) => {
    expectRefusal(() => IngressAuthentication.jwt({ ...OPTIONS, [name]: 'http://login.example.com' }), {
      what: `IngressAuthentication.jwt ${name}`,
      value: '"http://login.example.com"',
      because: 'trusted by their HTTPS name',
      instead: 'write for example "https://login.example.com"',
    });
  });

  it('refuses tokens for any audience', () => {
    expectRefusal(() => IngressAuthentication.jwt({ ...OPTIONS, audiences: [] }), {
      what: 'IngressAuthentication.jwt audiences',
      value: '[]',
      because: 'a token that was issued for any other service would be taken',
      instead: 'write the audience that your issuer puts into tokens for this API',
    });
  });
});

describe('IngressAuthentication.apiKey', () => {
  it('reads the header X-Api-Key unless told otherwise', () => {
    expect(IngressAuthentication.apiKey(secretNamed('keys'))._spec).toEqual({
      kind: 'api-key',
      secretName: 'keys',
      header: 'X-Api-Key',
    });
    expect(IngressAuthentication.apiKey(secretNamed('keys'), { header: 'X-Key' })._spec).toMatchObject({
      header: 'X-Key',
    });
  });

  it('refuses a header that cannot exist', () => {
    expectRefusal(() => IngressAuthentication.apiKey(secretNamed('keys'), { header: 'x_key' }), {
      what: 'IngressAuthentication.apiKey header',
      value: '"x_key"',
      because: 'letters, digits and "-"',
      instead: 'write for example "X-Api-Key"',
    });
  });
});

describe('IngressAuthentication.clientCertificates', () => {
  it('allows one certificate between the client and the authority', () => {
    expect(IngressAuthentication.clientCertificates(secretNamed('client-ca'))._spec).toEqual({
      kind: 'client-certificates',
      caSecretName: 'client-ca',
      verifyDepth: 1,
    });
  });

  it('refuses a depth of none', () => {
    expectRefusal(() => IngressAuthentication.clientCertificates(secretNamed('client-ca'), { verifyDepth: 0 }), {
      what: 'IngressAuthentication.clientCertificates verifyDepth',
      value: '0',
      because: 'a whole number of at least 1',
      instead: 'write 1 or more',
    });
  });
});

describe('the Secrets', () => {
  it.each([
    ['apiKey', (name: string) => IngressAuthentication.apiKey(secretNamed(name))],
    ['basic', (name: string) => IngressAuthentication.basic(secretNamed(name))],
    ['clientCertificates', (name: string) => IngressAuthentication.clientCertificates(secretNamed(name))],
  ])('of %s have a possible name', (factory, make) => {
    expectRefusal(() => make('Users_1'), {
      what: `IngressAuthentication.${factory} secret`,
      value: '"Users_1"',
      because: 'an object name is',
      instead: 'kubectl get',
    });
  });
});

describe('IngressAuthentication.none', () => {
  it('keeps the reason, without blanks around it', () => {
    expect(IngressAuthentication.none(' the gateway authenticates ')._spec).toEqual({
      kind: 'none',
      reason: 'the gateway authenticates',
    });
  });

  it.each(['', '  '])('refuses the reason %j', (reason) => {
    expectRefusal(() => IngressAuthentication.none(reason), {
      what: 'IngressAuthentication.none reason',
      value: JSON.stringify(reason),
      because: 'it is empty',
      instead: 'write why nobody needs to prove who they are',
    });
  });

  it('refuses a reason with a credential in it', () => {
    expectRefusal(() => IngressAuthentication.none('the key is nvapi-canary'), {
      what: 'IngressAuthentication.none reason',
      value: '"(hidden)"',
      because: 'manifests are stored in Git',
      instead: 'write why nobody needs to prove who they are',
    });
  });
});
