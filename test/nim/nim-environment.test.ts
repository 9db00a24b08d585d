import type { NimDeployment } from 'cdk8s-nim';
import { type NimDeploymentProps } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { type Given, nimDeployment, renderNimDeployment, secretIn } from '../support/nims';
import { expectRefusal } from '../support/refusals';

describe('the environment of a NIM', () => {
  it('has the same order whatever the order of the records', () => {
    const secrets =
      (names: string[]): Given<NimDeploymentProps> =>
      (chart) => ({
        env: Object.fromEntries(names.map((name) => [`NIM_NUM_${name}`, '1'])),
        secretEnv: Object.fromEntries(
          names.map((name) => [`${name}_TOKEN`, { secret: secretIn(chart, `s-${name.toLowerCase()}`), key: 'k' }]),
        ),
      });
    expect(renderNimDeployment(secrets(['B', 'A']))).toEqual(renderNimDeployment(secrets(['A', 'B'])));
  });

  it('leaves out what is empty', () => {
    expect(
      renderNimDeployment({
        env: {},
        secretEnv: {},
        initContainers: [],
        tolerations: [],
        nodeSelector: {},
        podAnnotations: {},
      }),
    ).toEqual(renderNimDeployment());
  });

  it.each([
    ['NVIDIA_VISIBLE_DEVICES', 'nvapi-canary', 'an NVIDIA API key'],
    ['EXTRA', '{"auths":{}}', 'a Docker registry configuration'],
    ['DATABASE', 'postgres://user:canary@db/x', 'a URL with a user and password'],
    ['CERTIFICATE', '-----BEGIN PRIVATE KEY-----', 'a private key'],
    ['AUTH', Buffer.from('$oauthtoken:canary').toString('base64'), 'a credential in base64'],
    ['HF_TOKEN', 'canary', 'a credential, by its name'],
    ['OTHER_API_KEY', 'canary', 'a credential, by its name'],
    ['DB_PASSWORD', 'canary', 'a credential, by its name'],
    ['CLIENT_SECRET', 'canary', 'a credential, by its name'],
  ])('refuses the literal credential %s, and does not repeat it', (name, value, kind) => {
    const run = (): NimDeployment => nimDeployment({ env: { [name]: value } });
    expectRefusal(run, {
      what: `NimDeployment env ${name}`,
      value: '"(hidden)"',
      because: `it holds ${kind}, and manifests are stored in Git`,
      instead: `put it into a Secret and write secretEnv: { ${name}: { secret, key } }`,
    });
    expect(run).not.toThrow('canary');
  });

  it.each(['', '1A', 'A-B', 'A B'])('refuses the name %j', (name) => {
    expectRefusal(() => nimDeployment({ env: { [name]: 'x' } }), {
      what: 'NimDeployment env name',
      value: JSON.stringify(name),
      because: 'letters, digits and "_"',
      instead: 'rename it',
    });
    expectRefusal(
      () => nimDeployment((chart) => ({ secretEnv: { [name]: { secret: secretIn(chart, 'a'), key: 'k' } } })),
      {
        what: 'NimDeployment env name',
        value: JSON.stringify(name),
        because: 'letters, digits and "_"',
        instead: 'rename it',
      },
    );
  });

  it('refuses a key that no Secret can have', () => {
    expectRefusal(
      () => nimDeployment((chart) => ({ secretEnv: { HF_TOKEN: { secret: secretIn(chart, 'a'), key: 'a/b' } } })),
      {
        what: 'NimDeployment env HF_TOKEN key',
        value: '"a/b"',
        because: 'a key of a Secret is',
        instead: 'kubectl describe secret',
      },
    );
  });

  it.each(['NIM_HTTP_API_PORT', 'NIM_CACHE_PATH', 'NIM_LOG_LEVEL', 'NIM_JSONL_LOGGING', 'OMP_NUM_THREADS'])(
    'refuses %s, which it sets itself',
    (name) => {
      expectRefusal(() => nimDeployment({ env: { [name]: '1' } }), {
        what: 'NimDeployment env name',
        value: JSON.stringify(name),
        because: 'the construct sets it from its own props',
        instead:
          'use the prop (credentials, caBundle, internalTls, port, listenOnIpv6, logLevel, jsonLogs, maxQueueSize, requestTimeout)',
      });
    },
  );

  it('refuses NGC_API_KEY from another Secret than the credentials', () => {
    expectRefusal(
      () => nimDeployment((chart) => ({ secretEnv: { NGC_API_KEY: { secret: secretIn(chart, 'a'), key: 'k' } } })),
      {
        what: 'NimDeployment env name',
        value: '"NGC_API_KEY"',
        because: 'the construct sets it from its own props',
        instead: 'use the prop (credentials',
      },
    );
  });

  it('refuses a name that is given twice', () => {
    expectRefusal(
      () =>
        nimDeployment((chart) => ({
          env: { EXTRA: 'x' },
          secretEnv: { EXTRA: { secret: secretIn(chart, 'a'), key: 'k' } },
        })),
      {
        what: 'environment variable of a pod',
        value: '"EXTRA"',
        because: 'NimDeployment env and NimDeployment secretEnv both give it',
        instead: 'keep one of the two',
      },
    );
  });
});
