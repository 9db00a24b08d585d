/** Names of environment variables that hold credentials, so a literal value is refused. */
const SECRET_NAME = /(^|_)(KEY|TOKEN|PASSWORD|PASSWD|SECRET|CREDENTIALS?)$/i;

/**
 * A literal that must not be in a manifest, by its shape. The text before the pattern is part of every match: looking for it
 * first is many times faster, and whole renders are searched.
 */
const SECRET_SHAPES: readonly (readonly [string, string, RegExp])[] = [
  ['an NVIDIA API key', '-', /nvapi-/i],
  ['a Docker registry configuration', '"auths"', /"auths"\s*:/],
  ['a URL with a user and password', '://', /[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i],
  ['a private key', '-----BEGIN', /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
];

/** Decoded text that gives a base64 value away as a credential. */
const SECRET_IN_BASE64 = /nvapi-|\$oauthtoken:|"auths"\s*:/;
/** `nvapi-` and a few characters more, in base64. */
const SHORTEST_BASE64 = 16;
const BASE64_WORD = /[A-Za-z0-9+/]{16,}={0,2}/g;

/** Whether an environment variable of this name holds a credential. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

/** What kind of credential a text holds, or `undefined` when it holds none that can be recognised. */
export function literalSecretIn(text: string): string | undefined {
  const shape = SECRET_SHAPES.find(([, part, pattern]) => text.includes(part) && pattern.test(text));
  if (shape !== undefined) {
    return shape[0];
  }
  const words = text.length < SHORTEST_BASE64 ? [] : (text.match(BASE64_WORD) ?? []);
  return words.some((word) => SECRET_IN_BASE64.test(Buffer.from(word, 'base64').toString('utf8')))
    ? 'a credential in base64'
    : undefined;
}

/** A member of a Docker registry configuration that holds a credential, written out instead of filled in by a template. */
const DOCKER_CREDENTIAL = /"(auth|password|identitytoken|registrytoken)"\s*:\s*"(?!\{\{)[^"]+"/i;

/** The same for a text that a template engine may still fill in: a registry configuration is fine when `{{ … }}` does. */
export function literalSecretInTemplate(text: string): string | undefined {
  return text.includes('{{') && !DOCKER_CREDENTIAL.test(text)
    ? literalSecretIn(text.replaceAll(/"auths"\s*:/g, ''))
    : literalSecretIn(text);
}
