import { NetworkPolicyIpBlock } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { Egress, ModelCache, Peer } from 'cdk8s-nim';
import { at, find, testChart } from '../support/manifests';
import { renderTextEmbeddingNim } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { literalsOf, nimOf } from '../support/workload';

/** The rules beyond DNS. */
function destinations(egress: Egress): unknown[] {
  const rules = at(find(renderTextEmbeddingNim({ egress }), 'NetworkPolicy'), 'spec.egress') as unknown[];
  return rules.filter((rule) => at(rule, 'ports.0.port') !== 53);
}

const tcp = (port: number): object => ({ port, protocol: 'TCP' });

function store(): NetworkPolicyIpBlock {
  return NetworkPolicyIpBlock.ipv4(testChart(), 'store', '10.1.2.3/32');
}

describe('egress', () => {
  it('to public HTTPS leaves out every address that is not public', () => {
    expect(destinations(Egress.publicHttps())).toEqual([
      {
        to: [
          {
            ipBlock: {
              cidr: '0.0.0.0/0',
              except: [
                '0.0.0.0/8',
                '10.0.0.0/8',
                '100.64.0.0/10',
                '127.0.0.0/8',
                '169.254.0.0/16',
                '172.16.0.0/12',
                '192.0.0.0/24',
                '192.168.0.0/16',
                '198.18.0.0/15',
                '224.0.0.0/4',
                '240.0.0.0/4',
              ],
            },
          },
        ],
        ports: [{ port: 443, protocol: 'TCP' }],
      },
      {
        to: [
          {
            ipBlock: {
              cidr: '::/0',
              except: ['::1/128', '64:ff9b:1::/48', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
            },
          },
        ],
        ports: [{ port: 443, protocol: 'TCP' }],
      },
    ]);
  });

  it('to named peers opens HTTPS to them alone', () => {
    expect(destinations(Egress.httpsTo([store()]))).toEqual([
      { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [{ port: 443, protocol: 'TCP' }] },
    ]);
  });

  it('through a proxy opens the port of the proxy alone', () => {
    const egress = Egress.viaProxy('http://proxy.egress.svc:3128', [store()]);
    expect(destinations(egress)).toEqual([
      { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [{ port: 3128, protocol: 'TCP' }] },
    ]);
    expect(egress.proxyUrl).toBe('http://proxy.egress.svc:3128');
  });

  it('through a proxy tells the NIM of it, with what needs none', () => {
    const egress = Egress.viaProxy('http://proxy.egress.svc:3128', [store()], { noProxy: ['.k8s.corp', '10.0.0.0/8'] });
    const variables = literalsOf(nimOf(renderTextEmbeddingNim({ egress })));
    for (const name of ['NO_PROXY', 'no_proxy']) {
      expect(variables[name]).toBe('localhost,127.0.0.1,.svc,.cluster.local,.k8s.corp,10.0.0.0/8');
    }
    for (const name of ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy']) {
      expect(variables[name]).toBe('http://proxy.egress.svc:3128');
    }
    expect(egress.noProxy).toEqual(['.k8s.corp', '10.0.0.0/8']);
  });

  it('to some ports of peers opens these alone, each once', () => {
    expect(
      destinations(Egress.tcpTo([store(), Peer.pods({ labels: { app: 'collector' } })], [4318, 4317, 4318])),
    ).toEqual([
      { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [tcp(4318), tcp(4317)] },
      { to: [{ podSelector: { matchLabels: { app: 'collector' } } }], ports: [tcp(4318), tcp(4317)] },
    ]);
  });

  it('of several is all of them, and the proxy of one', () => {
    const egress = Egress.of([
      Egress.viaProxy('http://proxy.egress.svc:3128', [store()], { noProxy: ['.corp.example'] }),
      Egress.tcpTo([store()], [9000]),
      Egress.none(),
    ]);
    expect(destinations(egress)).toEqual([
      { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [tcp(3128)] },
      { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [tcp(9000)] },
    ]);
    expect(egress.proxyUrl).toBe('http://proxy.egress.svc:3128');
    expect(egress.noProxy).toEqual(['.corp.example']);
  });

  it('of public HTTPS twice is that once', () => {
    const once = destinations(Egress.publicHttps());
    expect(destinations(Egress.of([Egress.publicHttps(), Egress.publicHttps()]))).toEqual(once);
  });

  it('beside the download is open for the pods of the NIM, also where Jobs fill the cache', () => {
    const furtherEgress = Egress.tcpTo([store()], [4318]);
    const rule = { to: [{ ipBlock: { cidr: '10.1.2.3/32' } }], ports: [tcp(4318)] };
    const direct = find(renderTextEmbeddingNim({ furtherEgress }), 'NetworkPolicy', 'text-embedding');
    expect(at(direct, 'spec.egress')).toContainEqual(rule);
    expect(at(direct, 'spec.egress')).toHaveLength(5);
    const filled = renderTextEmbeddingNim({ furtherEgress, modelCache: ModelCache.prefetched(ModelCache.claim()) });
    const [serving, filling] = ['text-embedding', 'text-embedding-fill'].map((name) =>
      at(find(filled, 'NetworkPolicy', name), 'spec.egress'),
    );
    expect(serving).toContainEqual(rule);
    expect(serving).toHaveLength(3);
    expect(filling).not.toContainEqual(rule);
  });

  it('beside the download is refused through a proxy', () => {
    const furtherEgress = Egress.viaProxy('http://proxy.egress.svc:3128', [store()]);
    expectRefusal(() => renderTextEmbeddingNim({ furtherEgress }), {
      what: 'furtherEgress',
      value: '"http://proxy.egress.svc:3128"',
      because: 'the pods are told of the proxy of egress only',
      instead: 'write egress: Egress.viaProxy(…)',
    });
  });

  it('of nothing is refused', () => {
    expectRefusal(() => Egress.of([]), {
      what: 'Egress.of parts',
      value: '[]',
      because: 'nothing is put together',
      instead: 'name at least one, or write Egress.none()',
    });
  });

  it('of two proxies is refused', () => {
    const proxy = (host: string): Egress => Egress.viaProxy(`http://${host}:3128`, [store()]);
    expectRefusal(() => Egress.of([proxy('a'), proxy('b')]), {
      what: 'Egress.of parts',
      value: '["http://a:3128","http://b:3128"]',
      because: 'pods know one proxy',
      instead: 'keep one Egress.viaProxy(…)',
    });
  });

  it('to no ports is refused', () => {
    expectRefusal(() => Egress.tcpTo([store()], []), {
      what: 'Egress.tcpTo ports',
      value: '[]',
      because: 'a rule without ports opens all of them',
      instead: 'name each port that the peers listen on',
    });
  });

  it('to nowhere opens nothing but DNS', () => {
    expect(destinations(Egress.none())).toEqual([]);
  });

  it.each(['proxy:3128', 'http://proxy', 'socks5://proxy:1080', 'http://proxy:3128/path', 'http://proxy:123456', ''])(
    'is refused through %j',
    (url) => {
      expectRefusal(() => Egress.viaProxy(url, [store()]), {
        what: 'Egress.viaProxy url',
        value: JSON.stringify(url),
        because: 'a proxy URL is scheme, host and port, and holds no credentials',
        instead: '"http://proxy.egress.svc.cluster.local:3128"',
      });
    },
  );

  it('is refused through a proxy with a password, which the message does not repeat', () => {
    const run = (): Egress => Egress.viaProxy('http://user:canary@proxy:3128', [store()]);
    expectRefusal(run, {
      what: 'Egress.viaProxy url',
      value: '"(hidden)"',
      because: 'holds no credentials',
      instead: 'write for example',
    });
    expect(run).not.toThrow('canary');
  });

  it.each([0, 65536, 99999])('is refused through the port %d', (port) => {
    expectRefusal(() => Egress.viaProxy(`http://proxy:${port}`, [store()]), {
      what: 'Egress.viaProxy port',
      value: `${port}`,
      because: 'a whole number from 1 to 65535',
      instead: 'the port that the server listens on',
    });
  });

  it.each([
    ['Egress.httpsTo', (): Egress => Egress.httpsTo([])],
    ['Egress.tcpTo', (): Egress => Egress.tcpTo([], [9000])],
    ['Egress.viaProxy', (): Egress => Egress.viaProxy('http://proxy:3128', [])],
  ])('is refused without peers: %s', (what, run) => {
    expectRefusal(run, {
      what: `${what} peers`,
      value: '[]',
      because: 'nothing would be reachable',
      instead: 'name at least one peer, or write Egress.none()',
    });
  });
});
