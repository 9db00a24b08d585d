import { App, Chart } from 'cdk8s';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ContainerImage,
  EmbeddingModel,
  NgcCredentials,
  type NimInitContainer,
  SecretStoreRef,
  TextEmbeddingNim,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { credentialsOf } from '../support/nims';

const CANARY = 'canary0123456789';

/** Texts that hold a secret in the shapes that secrets have. */
const secretText: fc.Arbitrary<string> = fc
  .tuple(
    fc.string({ maxLength: 5 }),
    fc.constantFrom(
      `nvapi-${CANARY}`,
      `{"auths":{"nvcr.io":{"password":"${CANARY}"}}}`,
      `postgresql://user:${CANARY}@database:5432/vectors`,
      `redis://:${CANARY}@redis:6379`,
      `http://user:${CANARY}@proxy.example.com:3128`,
      `-----BEGIN PRIVATE KEY-----\n${CANARY}`,
      // In base64 the secret has to stand alone: letters before it would move its bits.
      ` ${Buffer.from(`$oauthtoken:${CANARY}`).toString('base64')}`,
      ` ${Buffer.from(`nvapi-${CANARY}`).toString('base64')}`,
    ),
    fc.string({ maxLength: 5 }).filter((text) => !/^[A-Za-z0-9+/=]/.test(text)),
  )
  .map((parts) => parts.join(''));

const secretName = fc.constantFrom('NGC_CLI_API_KEY', 'HF_TOKEN', 'DATABASE_PASSWORD', 'CLIENT_SECRET', 'DB_PASSWD');

/** Every place of the props where a person could paste a secret. */
const places: Record<string, (text: string) => Partial<TextEmbeddingNimProps>> = {
  env: (text) => ({ env: { EXTRA_SETTING: text } }),
  podAnnotations: (text) => ({ podAnnotations: { 'example.com/note': text } }),
  'init container env': (text) => ({ initContainers: [{ ...container, env: { EXTRA_SETTING: text } }] }),
  'init container command': (text) => ({ initContainers: [{ ...container, command: ['sh', '-c', text] }] }),
  'init container args': (text) => ({ initContainers: [{ ...container, args: [text] }] }),
};

const container: NimInitContainer = {
  name: 'prepare',
  image: ContainerImage.fromReference('registry.example.com/prepare:1.0.0'),
};

/** What a program with these props writes, or the message that it ends with. */
function resultOf(build: (chart: Chart) => void): { written: string; message: string } {
  try {
    const app = new App();
    build(new Chart(app, 'test', { namespace: 'embeddings' }));
    return { written: app.synthYaml(), message: '' };
  } catch (error) {
    return { written: '', message: String(error) };
  }
}

function nimWith(props: Partial<TextEmbeddingNimProps>): (chart: Chart) => void {
  return (chart) => {
    new TextEmbeddingNim(chart, 'nim', {
      model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_1B_V2,
      credentials: credentialsOf(chart),
      ...props,
    });
  };
}

const shownForms = [CANARY, Buffer.from(CANARY).toString('base64').slice(2, 16)];

function expectKept(result: { written: string; message: string }): void {
  expect(result.message).not.toBe('');
  for (const form of shownForms) {
    expect(result.written).not.toContain(form);
    expect(result.message).not.toContain(form);
  }
}

describe('a literal secret', () => {
  it.each(Object.entries(places))('in %s is refused, and neither written nor repeated', (_, props) => {
    fc.assert(
      fc.property(secretText, (text) => {
        expectKept(resultOf(nimWith(props(text))));
      }),
    );
  });

  it('under the name of a secret is refused, whatever it looks like', () => {
    fc.assert(
      fc.property(secretName, fc.string({ minLength: 1, maxLength: 5 }), (name, text) => {
        expectKept(resultOf(nimWith({ env: { [name]: `${text}${CANARY}` } })));
        expectKept(resultOf(nimWith({ initContainers: [{ ...container, env: { [name]: `${text}${CANARY}` } }] })));
      }),
    );
  });

  it.each(['apiKey', 'pullKey', 'dockerConfig'])(
    'as the reference %s is refused, and neither written nor repeated',
    (name) => {
      fc.assert(
        fc.property(secretText, fc.constantFrom('key', 'property', 'version'), (text, part) => {
          expectKept(
            resultOf((chart) => {
              NgcCredentials.fromExternalSecrets(chart, 'ngc', {
                store: SecretStoreRef.cluster('vault'),
                apiKey: { key: 'nvidia/ngc' },
                [name]: { key: 'nvidia/ngc', [part]: text },
              });
            }),
          );
        }),
      );
    },
  );

  it('as part of an image reference is refused, and neither written nor repeated', () => {
    expectKept(resultOf(() => ContainerImage.fromReference(`https://user:${CANARY}@nvcr.io/nim/model:1.13.0`)));
  });
});
