import { Lazy } from 'cdk8s';
import { ServiceAccount } from 'cdk8s-plus-28';
import {
  Gpu,
  IngressTls,
  LogLevel,
  ModelCache,
  NgcCredentials,
  type NimDeploymentProps,
  RateLimit,
  type SecureIngressOptions,
} from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { testChart } from '../support/manifests';
import { ingressOptions, nimDeployment, secretIn, textEmbeddingNim } from '../support/nims';
import { messageOf } from '../support/refusals';

/** A value that no compiler has seen. */
const untyped = (value: unknown): never => value as never;

/** A member that does not exist. */
const missing = (type: object, member: string): never => untyped((type as Record<string, unknown>)[member]);

const ingress = (props: Partial<SecureIngressOptions>): void => {
  textEmbeddingNim((chart) => ({ ingress: { ...ingressOptions(chart), ...props } }));
};
const nim = (props: Partial<NimDeploymentProps>): void => {
  nimDeployment(props);
};

describe('a value of the wrong kind is refused, and the error says what to write', () => {
  it.each<[string, () => void, string]>([
    [
      'a rate limit as an object',
      () => {
        ingress({ rateLimit: untyped({ requestsPerSecond: 20, burst: 60 }) });
      },
      'TextEmbeddingNim ingress rateLimit: {"requestsPerSecond":20,"burst":60} is refused: it has to be a RateLimit; write RateLimit.perClient(…)',
    ],
    [
      'a rate limit as a number',
      () => {
        ingress({ rateLimit: untyped(10) });
      },
      'TextEmbeddingNim ingress rateLimit: 10 is refused: it has to be a RateLimit; write RateLimit.perClient(…)',
    ],
    [
      'a profile as a text',
      () => {
        nim({ securityProfile: untyped('STRICT') });
      },
      'NimDeployment securityProfile: "STRICT" is refused: it has to be a SecurityProfile; write SecurityProfile.RESTRICTED, STRICT or OPENSHIFT',
    ],
    [
      'a GPU as a number',
      () => {
        nim({ gpu: untyped(2) });
      },
      'NimDeployment gpu: 2 is refused: it has to be a Gpu; write Gpu.whole(…), mig(…), resource(…) or fromResourceClaimTemplate(…)',
    ],
    [
      'a cache as an object',
      () => {
        nim({ modelCache: untyped({ size: '50Gi' }) });
      },
      'NimDeployment modelCache: {"size":"50Gi"} is refused: it has to be a ModelCache; write ModelCache.',
    ],
    [
      'a store as a text',
      () => {
        NgcCredentials.fromExternalSecrets(testChart(), 'ngc', {
          store: untyped('vault'),
          apiKey: { key: 'nvidia/ngc' },
        });
      },
      'NgcCredentials store: "vault" is refused: it has to be a SecretStoreRef; write SecretStoreRef.cluster(…) or namespaced(…)',
    ],
    [
      'an amount of CPU as a number',
      () => {
        nim({ resources: untyped({ cpu: 4 }) });
      },
      'NimDeployment resources cpu: 4 is refused: it has to be an object with props; write { request: …, limit: … }',
    ],
    [
      'a switch as a text',
      () => {
        nim({ jsonLogs: untyped('no') });
      },
      'NimDeployment jsonLogs: "no" is refused: it has to be a switch; write true or false',
    ],
    [
      'a log level that does not exist',
      () => {
        nim({ logLevel: untyped('verbose') });
      },
      'NimDeployment logLevel: "verbose" is refused: it has to be a LogLevel; write LogLevel.DEBUG, INFO, WARNING or ERROR',
    ],
    [
      'a name as a switch',
      () => {
        nim({ runtimeClassName: untyped(true) });
      },
      'NimDeployment runtimeClassName: true is refused: it has to be a text; write a text in quotes',
    ],
    [
      'null',
      () => {
        nim({ replicas: untyped(null) });
      },
      'NimDeployment replicas: null is refused: it has to be a whole number of at least 1; write 1 or more',
    ],
    [
      'a Lazy',
      () => {
        nim({ replicas: Lazy.any({ produce: () => 3 }) as number });
      },
      'NimDeployment replicas: a Lazy is refused: a Lazy has no value yet, and it has to be a whole number of at least 1',
    ],
    [
      'a size as a text',
      () => {
        ModelCache.claim({ size: untyped('50Gi') });
      },
      'ModelCache.claim size: "50Gi" is refused: it has to be a Size of cdk8s; write for example Size.gibibytes(50)',
    ],
    [
      'a time as a number',
      () => {
        ingress({ timeout: untyped(30) });
      },
      'TextEmbeddingNim ingress timeout: 30 is refused: it has to be a Duration of cdk8s; write for example Duration.seconds(30)',
    ],
    [
      'a ServiceAccount for a Secret',
      () => {
        IngressTls.fromSecret(untyped(ServiceAccount.fromServiceAccountName(testChart(), 'a', 'account')));
      },
      "IngressTls.fromSecret secret: an ImportedServiceAccount \"test/a\" is refused: it has to be a Secret of cdk8s-plus; write Secret.fromSecretName(chart, 'id', 'name-of-the-secret')",
    ],
    [
      'the key of a Secret without the Secret',
      () => {
        nim({ secretEnv: untyped({ EXTRA: { key: 'k' } }) });
      },
      'NimDeployment secretEnv EXTRA secret: nothing is given: it is required; write secret: Secret.fromSecretName',
    ],
    [
      'an effect that does not exist',
      () => {
        nim({ tolerations: [{ key: 'spot', effect: 'NoSchedulee' }] });
      },
      'NimDeployment tolerations[0] effect: "NoSchedulee" is refused: it has to be one of a few texts; write "NoSchedule", "PreferNoSchedule" or "NoExecute"',
    ],
    [
      'a peer that is a text',
      () => {
        textEmbeddingNim({ clients: untyped(['10.0.0.0/8']) });
      },
      'TextEmbeddingNim clients[0]: "10.0.0.0/8" is refused: it has to be a peer of a network policy; write for example Peer.pods(',
    ],
    [
      'an argument that is a text',
      () => {
        Gpu.whole(untyped('2'));
      },
      'Gpu.whole count: "2" is refused: it has to be a whole number of at least 1; write 1 or more',
    ],
    [
      'no scope',
      () => {
        NgcCredentials.fromSecretNames(untyped(undefined), 'ngc');
      },
      'NgcCredentials scope: nothing is given: it has to be a construct; write the chart',
    ],
  ])('%s', (_, run, message) => {
    expect(messageOf(run)).toContain(message);
  });

  it('as a member of an enum that does not exist where it is required', () => {
    expect(
      messageOf(() => {
        ingress({ tls: missing(IngressTls, 'LETSENCRYPT') });
      }),
    ).toContain(
      'TextEmbeddingNim ingress tls: nothing is given: it is required (a member that does not exist?); write tls: IngressTls.fromSecret(…), ',
    );
  });

  it('unless it is undefined, which is the same as absent', () => {
    const props = { securityProfile: undefined, gpu: undefined, logLevel: missing(LogLevel, 'VERBOSE') };
    expect(() => {
      nim(untyped(props));
    }).not.toThrow();
  });

  it('every fault of the props in one error', () => {
    expect(
      messageOf(() => {
        textEmbeddingNim((chart) =>
          untyped({
            gpu: 2,
            jsonLogs: 'no',
            replica: 3,
            ingress: { ...ingressOptions(chart), rateLimit: 10, sourceRanges: '10.0.0.0/8' },
          }),
        );
      }).split('\n  - '),
    ).toEqual([
      '5 things are refused:',
      expect.stringMatching(/^TextEmbeddingNim prop: "replica" is refused/),
      expect.stringMatching(/^TextEmbeddingNim gpu: 2 is refused/),
      expect.stringMatching(/^TextEmbeddingNim jsonLogs: "no" is refused/),
      expect.stringMatching(/^TextEmbeddingNim ingress rateLimit: 10 is refused/),
      expect.stringMatching(/^TextEmbeddingNim ingress sourceRanges: "10.0.0.0\/8" is refused: it has to be a list/),
    ]);
  });
});

describe('an object of another copy', () => {
  it('of cdk8s-nim is refused with that reason', () => {
    const other = { SecurityProfile: class SecurityProfile {} };
    expect(
      messageOf(() => {
        nim({ securityProfile: untyped(new other.SecurityProfile()) });
      }),
    ).toBe(
      'NimDeployment securityProfile: a SecurityProfile is refused: it is a SecurityProfile of another copy of cdk8s-nim, ' +
        'which this one cannot read; keep one copy: `npm ls cdk8s-nim` lists them',
    );
  });

  it('of cdk8s serves as well', () => {
    class OtherSize {
      public toKibibytes(): number {
        return 1024;
      }
      public asString(): string {
        return '1024Ki';
      }
    }
    expect(() => ModelCache.claim({ size: untyped(new OtherSize()) })).not.toThrow();
  });
});

describe('an error', () => {
  it('has no line of an installed package in its stack', () => {
    const error = (() => {
      try {
        RateLimit.perClient(untyped({ burst: 1, header: secretIn(testChart(), 'a') }));
      } catch (thrown) {
        return thrown;
      }
      return undefined;
    })() as Error;
    expect(error.stack).toContain('wrong-kinds.test.ts');
    expect(error.stack).not.toContain('node_modules');
    expect(error.message).toContain('header: an ImportedSecret "test/secret-a" is refused: it has to be a text');
  });
});
