import { IngressAuthentication, IngressController } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { inventory } from '../../../support/manifests';
import { expectRefusal, messageOf } from '../../../support/refusals';
import { annotation, objects, policy } from './support';

describe('with source ranges and an authentication service', () => {
  it('names both Policies, ranges first', () => {
    const rendered = objects({
      sourceRanges: ['203.0.113.0/24'],
      authentication: IngressAuthentication.oauth2Proxy({ namespace: 'auth' }),
    });
    expect(annotation(rendered, 'policies')).toBe('embeddings-source-ranges,embeddings-authentication');
    expect(inventory(rendered)).toEqual([
      'Ingress embeddings',
      'Policy embeddings-authentication',
      'Policy embeddings-source-ranges',
    ]);
  });

  it('checks the certificate of a service that is asked by HTTPS', () => {
    const authentication = IngressAuthentication.external({ url: 'https://auth.auth.svc.cluster.local:8443/check' });
    expect(policy(objects({ authentication }), 'authentication')).toEqual({
      externalAuth: {
        authURI: '/check',
        authServiceName: 'auth/auth',
        authServicePorts: [8443],
        sslEnabled: true,
        sslVerify: true,
      },
    });
  });
});

describe('what it cannot do', () => {
  it('is to ask a service outside the cluster', () => {
    const authentication = IngressAuthentication.external({ url: 'https://auth.example.com/check' });
    expectRefusal(() => objects({ authentication }), {
      what: 'IngressAuthentication.external url',
      value: '"https://auth.example.com/check"',
      because: 'F5 NGINX Ingress Controller asks a Service of the cluster only',
      instead: 'write "http://NAME.NAMESPACE.svc.cluster.local/PATH"',
    });
  });

  it('is to pass on headers of the authentication service', () => {
    const authentication = IngressAuthentication.external({
      url: 'http://auth.auth.svc/check',
      responseHeaders: ['X-User'],
    });
    expectRefusal(() => objects({ authentication }), {
      what: 'IngressAuthentication.external responseHeaders',
      value: '["X-User"]',
      because: 'passes no header of the answer on',
      instead: 'IngressController.ingressNginx()',
    });
  });

  it('is both, in one error', () => {
    const authentication = IngressAuthentication.external({
      url: 'https://auth.example.com/check',
      responseHeaders: ['X-User'],
    });
    expect(messageOf(() => objects({ authentication })).match(/IngressAuthentication\.external \w+/g)).toEqual([
      'IngressAuthentication.external url',
      'IngressAuthentication.external responseHeaders',
    ]);
  });

  it('is to ask an authentication service before 5.5.2', () => {
    const authentication = IngressAuthentication.oauth2Proxy({ namespace: 'auth' });
    expectRefusal(() => objects({ authentication }, { version: '5.5.1' }), {
      what: 'F5 NGINX Ingress Controller 5.5.1 feature',
      value: '"auth-external"',
      because: 'it needs F5 NGINX Ingress Controller 5.5.2 or newer',
      instead: 'choose ',
    });
  });

  it('is run before 5.4', () => {
    expectRefusal(() => IngressController.f5Nginx({ version: '5.3.2' }), {
      what: 'F5 NGINX Ingress Controller version',
      value: '"5.3.2"',
      because: 'needs 5.4.0 or newer',
      instead: 'upgrade the controller',
    });
  });
});
