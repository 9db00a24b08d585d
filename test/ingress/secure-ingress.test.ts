import { Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-28';
import {
  type HttpApi,
  IngressAuthentication,
  IngressController,
  RateLimit,
  SecureIngress,
  type SecureIngressProps,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { inventory, type Manifest, render, testChart } from '../support/manifests';
import { type Given, given } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { annotationsOf, HOST, minimalProps, renderIngress, secureIngress } from './support';

const CONTROLLER = IngressController.f5Nginx();
const rendered = (props: Given<SecureIngressProps> = {}): Manifest[] => renderIngress(CONTROLLER, props);

/** One annotation of the Ingress in front of a service with an API. */
function annotation(name: string, api: Partial<HttpApi>, props: Given<SecureIngressProps> = {}): string | undefined {
  const chart = testChart();
  const all = { ...minimalProps(chart, api), controller: CONTROLLER, ...given(props, chart) };
  new SecureIngress(chart, 'ingress', all);
  return annotationsOf(render(chart), 'Ingress')[`nginx.org/${name}`];
}

describe('SecureIngress', () => {
  it('is named after the service unless told otherwise', () => {
    expect(inventory(rendered())).toContain('Ingress embeddings');
    expect(inventory(rendered({ name: 'front-door' }))).toContain('Ingress front-door');
  });

  it('knows its host and its URL', () => {
    const ingress = secureIngress(CONTROLLER);
    expect(ingress.host).toBe(HOST);
    expect(ingress.url).toBe(`https://${HOST}`);
  });

  it('writes down why nobody has to prove who they are', () => {
    const annotations = annotationsOf(rendered(), 'Ingress');
    expect(annotations['cdk8s-nim/exception-authentication']).toBe('the gateway in front authenticates');
  });

  it('refuses a name that no object can have', () => {
    expectRefusal(() => rendered({ name: 'Front_Door' }), {
      what: 'SecureIngress name',
      value: '"Front_Door"',
      because: 'lower-case letters, digits and "-"',
      instead: 'shorten or rename it',
    });
  });

  it('refuses a wildcard', () => {
    expectRefusal(() => rendered({ host: '*.example.com' }), {
      what: 'SecureIngress host',
      value: '"*.example.com"',
      because: 'a wildcard would also serve hosts that nobody listed',
      instead: 'one ingress per host',
    });
  });

  it.each(['embeddings', 'https://embeddings.example.com', 'embeddings.example.com:443', '10.0.0.1', 'E.example.com'])(
    'refuses the host %s',
    (host) => {
      expectRefusal(() => rendered({ host }), {
        what: 'SecureIngress host',
        value: JSON.stringify(host),
        because: 'a full DNS name in lower case, without scheme, port or path',
        instead: 'write for example "embeddings.example.com"',
      });
    },
  );
});

describe('the timeout', () => {
  const api = { requestTimeout: Duration.seconds(300) };

  it.each([
    [{}, {}, '130s'],
    [api, {}, '310s'],
    [api, { timeout: Duration.seconds(301) }, '301s'],
    [{}, { timeout: Duration.seconds(5) }, '5s'],
  ])('is above the limit of the service: %j %j', (known, props, expected) => {
    expect(annotation('proxy-read-timeout', known, props)).toBe(expected);
  });

  it('is refused where the controller would give up before the service', () => {
    expectRefusal(() => annotation('proxy-read-timeout', api, { timeout: Duration.seconds(300) }), {
      what: 'SecureIngress timeout',
      value: '"300 s"',
      because: 'the service itself may take 300 s',
      instead: 'write more than 300 s, or lower the request timeout of the service',
    });
  });

  it.each(['timeout', 'connectTimeout', 'hstsMaxAge'] as const)('and %s are one second or more', (name) => {
    expectRefusal(() => rendered({ [name]: Duration.millis(500) }), {
      what: `SecureIngress ${name}`,
      value: '"500 millis"',
      because: 'one second or more, in whole seconds',
      instead: 'write for example Duration.seconds(130)',
    });
  });
});

describe('the body size', () => {
  const api = { minBodySize: Size.mebibytes(2), maxBodySize: Size.mebibytes(32) };

  it.each([
    [{}, {}, '8m'],
    [api, {}, '32m'],
    [api, { maxBodySize: Size.mebibytes(2) }, '2m'],
  ])('is what the service asks for: %j %j', (known, props, expected) => {
    expect(annotation('client-max-body-size', known, props)).toBe(expected);
  });

  it('is refused below one usual batch', () => {
    expectRefusal(() => annotation('client-max-body-size', api, { maxBodySize: Size.kibibytes(1500) }), {
      what: 'SecureIngress maxBodySize',
      value: '"1500Ki"',
      because: 'one usual batch of the model takes up to 2Mi',
      instead: 'raise it to that or more',
    });
  });

  it('is not zero', () => {
    expectRefusal(() => rendered({ maxBodySize: Size.kibibytes(0) }), {
      what: 'SecureIngress maxBodySize',
      value: '"0Ki"',
      because: 'more than zero',
      instead: 'write for example Size.gibibytes(50)',
    });
  });
});

describe('a limit by header', () => {
  const by = (header: string) => RateLimit.perClient({ requestsPerSecond: 10, burst: 20, header });
  const secret = Secret.fromSecretName(testChart(), 'secret', 'secret');
  const external = IngressAuthentication.oauth2Proxy({ namespace: 'auth' });

  it.each([
    ['Authorization', IngressAuthentication.basic(secret)],
    ['authorization', external],
  ])('counts by %s where the authentication requires it', (header, authentication) => {
    const annotations = annotationsOf(rendered({ rateLimit: by(header), authentication }), 'Ingress');
    expect(annotations['nginx.org/limit-req-key']).toBe('${http_authorization}');
  });

  it.each([
    ['X-Team', external, 'external'],
    ['X-Team', IngressAuthentication.basic(secret), 'basic'],
    ['Authorization', IngressAuthentication.clientCertificates(secret), 'client-certificates'],
    ['Authorization', IngressAuthentication.none('open'), 'none'],
  ])('by %s is refused where nobody has to send it', (header, authentication, kind) => {
    expectRefusal(() => rendered({ rateLimit: by(header), authentication }), {
      what: 'RateLimit.perClient header',
      value: JSON.stringify(header),
      because: `the authentication (${kind}) does not require that header`,
      instead: 'leave header out to count by address',
    });
  });
});

describe('response headers', () => {
  it.each([
    [{ 'X Team': 'search' }],
    [{ 'X-Team': '' }],
    [{ 'X-Team': 'a,b' }],
    [{ 'X-Team': 'a"b' }],
    [{ 'X-Team': 'a\nb' }],
    [{ 'X-Team': '$host' }],
    [{ 'X-Team': 'a:b' }],
  ])('refuse %j, which a controller could read as its own language', (responseHeaders: Record<string, string>) => {
    expectRefusal(() => rendered({ responseHeaders }), {
      what: 'SecureIngress responseHeaders',
      value: JSON.stringify(responseHeaders),
      because: 'printable ASCII without quotes',
      instead: "write for example { 'X-Content-Type-Options': 'nosniff' }",
    });
  });

  it('refuse a credential, and do not show it', () => {
    expectRefusal(() => rendered({ responseHeaders: { 'X-Note': 'nvapi-canary' } }), {
      what: 'SecureIngress responseHeaders X-Note',
      value: '"(hidden)"',
      because: 'every client would get it',
      instead: 'leave it out',
    });
  });

  it('leave Strict-Transport-Security to its own prop', () => {
    expectRefusal(() => rendered({ responseHeaders: { 'strict-transport-security': 'max-age=1' } }), {
      what: 'SecureIngress responseHeaders',
      value: '"strict-transport-security"',
      because: 'the answer would carry it twice',
      instead: 'write hstsMaxAge instead',
    });
  });
});

describe('Strict-Transport-Security', () => {
  it('is a note for the platform team on a controller that sets it for all ingresses', () => {
    const note = 'cdk8s-nim/prerequisite-hsts';
    const controller = IngressController.ingressNginx();
    expect(annotationsOf(renderIngress(controller), 'Ingress')[note]).toContain('ConfigMap key hsts');
  });

  it('has no age of its own on a controller that sets it for all ingresses', () => {
    expectRefusal(() => renderIngress(IngressController.ingressNginx(), { hstsMaxAge: Duration.days(30) }), {
      what: 'SecureIngress hstsMaxAge',
      value: '"30 days"',
      because: 'ingress-nginx sets it for all ingresses: ConfigMap key hsts',
      instead: 'leave it out, or choose another controller',
    });
  });
});
