import { describe, expect, it } from 'vitest';
import { Egress, Peer } from 'cdk8s-nim';
import { nimDeployment, renderNimDeployment, textEmbeddingNim } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { literalsOf, nimOf } from '../support/workload';

const httpsProxy = 'http://proxy.egress.svc:3128';

describe('a proxy', () => {
  it.each(['see http://proxy:3128', 'http://proxy:3128/path', 'http://proxy 3128', 'ftp://proxy', 'proxy:3128'])(
    'is refused as %j',
    (httpsProxy) => {
      expectRefusal(() => nimDeployment({ httpsProxy }), {
        what: 'NimDeployment httpsProxy',
        value: JSON.stringify(httpsProxy),
        because: 'a proxy URL is scheme, host and port, nothing else',
        instead: 'write for example "http://proxy.egress.svc.cluster.local:3128"',
      });
    },
  );

  it.each([
    '.corp.example',
    'store.corp.example',
    'store.corp.example:8443',
    '10.1.2.3',
    '10.0.0.0/8',
    'fd00::/8',
    '::1',
  ])('has the exception %j, after those of the cluster', (exception) => {
    const { NO_PROXY, no_proxy } = literalsOf(nimOf(renderNimDeployment({ httpsProxy, noProxy: [exception] })));
    expect(NO_PROXY).toBe(`localhost,127.0.0.1,.svc,.cluster.local,${exception}`);
    expect(no_proxy).toBe(NO_PROXY);
  });

  it('names an exception once', () => {
    const { NO_PROXY } = literalsOf(nimOf(renderNimDeployment({ httpsProxy, noProxy: ['.svc', '.a', '.a'] })));
    expect(NO_PROXY).toBe('localhost,127.0.0.1,.svc,.cluster.local,.a');
  });

  it.each(['*', '*.corp.example', 'a,b', 'a b', 'http://store', '', '10.0.0.0/33', 'store/path'])(
    'is refused with the exception %j',
    (exception) => {
      const refusal = {
        value: JSON.stringify(exception),
        because: 'an exception is a host, a domain with a dot before it, an address or a block',
        instead: 'write for example ".corp.example"',
      };
      expectRefusal(() => nimDeployment({ httpsProxy, noProxy: [exception] }), {
        what: 'NimDeployment noProxy',
        ...refusal,
      });
      expectRefusal(() => Egress.viaProxy(httpsProxy, [Peer.cidr('10.1.2.3/32')], { noProxy: [exception] }), {
        what: 'Egress.viaProxy noProxy',
        ...refusal,
      });
    },
  );

  it('is refused with a credential for an exception, which the message does not repeat', () => {
    const run = (): unknown => nimDeployment({ httpsProxy, noProxy: ['nvapi-canary0000000000'] });
    expectRefusal(run, {
      what: 'NimDeployment noProxy',
      value: '"(hidden)"',
      because: 'it holds an NVIDIA API key',
      instead: 'write the host alone',
    });
    expect(run).not.toThrow('canary');
  });

  it('is needed for exceptions', () => {
    expectRefusal(() => nimDeployment({ noProxy: ['.corp.example'] }), {
      what: 'NimDeployment noProxy',
      value: '[".corp.example"]',
      because: 'there is no proxy',
      instead: 'give httpsProxy too, or leave it out',
    });
  });

  it.each(['NO_PROXY', 'no_proxy', 'HTTP_PROXY', 'https_proxy'])('is the one place for %s', (name) => {
    const egress = Egress.viaProxy(httpsProxy, [Peer.cidr('10.1.2.3/32')]);
    expectRefusal(() => textEmbeddingNim({ egress, env: { [name]: 'localhost' } }), {
      what: 'NimDeployment env name',
      value: JSON.stringify(name),
      because: 'the construct sets it from its own props',
      instead: 'write egress: Egress.viaProxy(url, peers, { noProxy })',
    });
  });
});
