import { App, Chart } from 'cdk8s';
import { EmbeddingModel, IngressController, ModelCache, NgcCredentials, RateLimit, TextEmbeddingNim } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { text, wholeNumber } from '../../lib/common/kinds';
import { optional, type PropTable, pickProps, required, requireProps } from '../../lib/common/props';
import { testChart } from '../support/manifests';
import { ingressOptions, textEmbeddingNim } from '../support/nims';
import { expectRefusal, messageOf } from '../support/refusals';

interface Props {
  readonly host: string;
  readonly replicas?: number;
}

const TABLE: PropTable<Props> = { host: required(text), replicas: optional(wholeNumber()) };

describe('requireProps', () => {
  it('lets through what the table names', () => {
    const props = { host: 'a', replicas: 1 };
    expect(requireProps<Props>('Thing', props, TABLE)).toBe(props);
    expect(requireProps('Thing', { host: 'a' }, TABLE)).toEqual({ host: 'a' });
  });

  it('refuses an unknown prop, and says which one is near', () => {
    const misspelt = { host: 'a', replica: 1 } as unknown as Props;
    expectRefusal(() => requireProps('Thing', misspelt, TABLE), {
      what: 'Thing prop',
      value: '"replica"',
      because: 'there is none of that name; there are host, replicas',
      instead: 'did you mean replicas?',
    });
  });

  it('refuses an unknown prop that is near to nothing', () => {
    const unknown = { host: 'a', serviceType: 'NodePort' } as unknown as Props;
    expect(messageOf(() => requireProps('Thing', unknown, TABLE))).toMatch(/host, replicas; leave it out$/);
  });

  it('refuses the lack of a required prop', () => {
    expectRefusal(() => requireProps('Thing', {} as unknown as Props, TABLE), {
      what: 'Thing host',
      value: 'nothing',
      because: 'it is required',
      instead: 'write host: a text in quotes',
    });
  });

  it('tells every fault at once', () => {
    const wrong = { replica: 1, replicas: 'two' } as unknown as Props;
    expect(messageOf(() => requireProps('Thing', wrong, TABLE))).toBe(
      [
        '3 things are refused:',
        '  - Thing prop: "replica" is refused: there is none of that name; there are host, replicas; did you mean replicas?',
        '  - Thing host: nothing is given: it is required; write host: a text in quotes',
        '  - Thing replicas: "two" is refused: it has to be a whole number of at least 1; write 1 or more',
      ].join('\n'),
    );
  });

  it.each([null, 'a', 5, [], () => 1, new Date(), new Map()])('refuses props that are none: %#', (props) => {
    expect(messageOf(() => requireProps('Thing', props as unknown as Props, TABLE))).toMatch(
      /^Thing: .+ is refused: it has to be an object with props; write \{ host: … \}$/,
    );
  });

  it('takes props of a class, as a proxy for another language has them', () => {
    class Proxied {
      public constructor(private readonly name: string) {}
      public get host(): string {
        return this.name;
      }
    }
    const props = Object.create(new Proxied('a')) as Props;
    expect(requireProps<Props>('Thing', props, TABLE)).toBe(props);
  });

  it('takes undefined for absent', () => {
    const props = { host: 'a', replicas: undefined } as unknown as Props;
    expect(requireProps('Thing', props, TABLE)).toBe(props);
  });

  it('refuses the lack of all props', () => {
    expectRefusal(() => requireProps('Thing', undefined as Props | undefined, TABLE), {
      what: 'Thing props',
      value: 'nothing',
      because: 'they are required',
      instead: 'write { host: … }',
    });
  });

  it('picks what a table names', () => {
    expect(pickProps({ host: 'a', more: 1 } as Props, TABLE)).toEqual({ host: 'a' });
  });
});

/** A program that runs without a type check. */
const untyped = (props: object): never => props as never;

describe('a program without a type check', () => {
  it.each<[string, () => unknown, string]>([
    [
      'the way in',
      () => textEmbeddingNim({ ingress: untyped({ sourceRange: ['10.0.0.0/8'] }) }),
      'did you mean sourceRanges?',
    ],
    ['the NIM', () => textEmbeddingNim(untyped({ securityProfle: 'strict' })), 'did you mean securityProfile?'],
    [
      'the credentials',
      () => NgcCredentials.fromSecretNames(testChart(), 'x', untyped({ airGaped: true })),
      'did you mean airGapped?',
    ],
    ['a cache', () => ModelCache.claim(untyped({ accesMode: 'ReadWriteMany' })), 'did you mean accessMode?'],
    [
      'a rate limit',
      () => RateLimit.perClient(untyped({ requestsPerSecnd: 1, burst: 1 })),
      'did you mean requestsPerSecond?',
    ],
    [
      'a controller',
      () => IngressController.traefik(untyped({ ingresClassName: 'x' })),
      'did you mean ingressClassName?',
    ],
    ['a model', () => EmbeddingModel.custom(untyped({ id: 'a/b', maxToken: 1 })), 'did you mean maxTokens?'],
  ])('is told of a misspelt prop of %s', (_, run, hint) => {
    expect(messageOf(run)).toContain(hint);
  });

  it.each([
    ['model', 'EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2, '],
    ['credentials', 'NgcCredentials.fromSecretNames(…), fromExternalSecrets(…), '],
  ])('is told that %s is missing, and what there is', (name, members) => {
    const chart = new Chart(new App(), 'test', { namespace: 'embeddings' });
    const props = { model: EmbeddingModel.NV_EMBEDQA_E5_V5, credentials: NgcCredentials.fromSecretNames(chart, 'ngc') };
    expectRefusal(() => new TextEmbeddingNim(chart, 'nim', untyped({ ...props, [name]: undefined })), {
      what: `TextEmbeddingNim ${name}`,
      value: 'nothing',
      because: 'it is required (a member that does not exist?)',
      instead: `write ${name}: ${members}`,
    });
  });

  it.each([
    ['host', 'a text in quotes'],
    ['controller', 'IngressController.f5Nginx(…), ingressNginx(…), haProxy(…), traefik(…), '],
    [
      'tls',
      'IngressTls.fromSecret(…), fromClusterIssuer(…), fromIssuer(…), fromGatewayListener(…) or fromAcmCertificate(…)',
    ],
    ['rateLimit', 'RateLimit.perClient(…)'],
    ['authentication', 'IngressAuthentication.external(…), oauth2Proxy(…), jwt(…), '],
  ])('is told that the %s of an ingress is missing, and what there is', (name, members) => {
    const chart = testChart();
    const ingress = untyped({ ...ingressOptions(chart), [name]: undefined });
    expectRefusal(() => textEmbeddingNim({ ingress }, chart), {
      what: `TextEmbeddingNim ingress ${name}`,
      value: 'nothing',
      because: 'it is required',
      instead: `write ${name}: ${members}`,
    });
  });
});
