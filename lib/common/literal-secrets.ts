import { rememberedText } from './remembered-text';

/** What a name says of its value: how much the value itself has to look like a credential. */
export type SecretNameKind =
  /** Any word may be a password. */
  | 'password'
  | 'credential'
  /** Also how an algorithm, or a key that a key service holds, is chosen. */
  | 'keyOrId'
  /** Also how charts and files name the object that holds the credential: `existingSecret`. */
  | 'secret'
  /** Also something else: `SPLIT_TOKEN`, `SINGLE_PASS`. */
  | 'word'
  /** Also a key of a map or a queue. */
  | 'key';

/** The hash of a Secret, and the place that the agent of Vault takes a credential from. */
const NO_SECRET_NAME = /(^|_)(checksum|agent_inject)_/;

/** Names in lower case, their words joined by "_". The first that fits counts. */
const SECRET_NAMES: readonly (readonly [SecretNameKind, RegExp])[] = [
  ['password', /(password|passwd|passphrase)s?$|^(pass|pwd|pw)$/],
  [
    'password',
    /(^|_)(db|database|pg|postgres|my|sql|mysql|mongo|redis|user|root|admin|auth|login|smtp|mail|ldap|proxy|git)_?(pass|pwd|pw)$/,
  ],
  ['credential', /(^|_)(api|access|private|account|ngc|nvidia)_?keys?$/],
  ['keyOrId', /(^|_)(encryption|signing|master|auth)_?keys?$/],
  ['credential', /^token$|(^|_)(auth|access|api|bearer)_?tokens?$/],
  [
    'credential',
    /(^|_)(bot|refresh|session|service|secret|admin|vault|registry|hf|hugging_?face|hub|gh|git_?hub|git_?lab|slack|ngc|nvidia)_?token$/,
  ],
  ['credential', /(^|_)(client|app|consumer|shared|session|cookie|jwt|webhook|signing)_?secret$/],
  // The variable of Google's libraries is the path of a file.
  ['secret', /(?<!(^|_)google_application_)(?<=^|_)cred(ential)?s?$/],
  ['secret', /(^|_)secret_?keys?$|(?<!(^|_)(existing|pull|tls|ca|cert|certificate|k8_?s|kubernetes)_)(?<=^|_)secret$/],
  ['word', /(^|_)(token|pass|pwd)$/],
  [
    'key',
    /(?<!(^|_)(public|site|publishable|cache|model|idempotency|partition|sort|primary|foreign|hash)_)(?<=^|_)keys?$/,
  ],
];

/** What is left of a name when the number or the age of the credential is taken away: `API_KEY2`, `API_KEY_OLD`. */
const NAME_SUFFIX = /_?v?\d{1,3}$|_(backup|old|new|previous|next|current|secondary|prod|staging|dev)$/;

/** What something fills in later: Kubernetes, a shell, a template engine, `printf`. A template may hold a whole URL itself. */
const FILLED_IN =
  /\{\{(?![^{}]*:\/\/)[^{}]*\}\}|\$\([\w.-]+\)|[$#]\{(?![^{}]*:\/\/)[^{}]*\}|\$[A-Z_][A-Z0-9_]*|%[sqv]/g;

/**
 * A literal that must not be in a manifest, by its shape. The text before the pattern is part of every match: looking for it
 * first is many times faster, and whole renders are searched.
 */
const SECRET_SHAPES: readonly (readonly [string, string, RegExp])[] = [
  // The prefix alone stands in documentation; a key has 64 characters behind it, and a part of one is no better.
  ['an NVIDIA API key', '-', /nvapi-[\w-]{6}/i],
  ['a Docker registry configuration', '"auths"', /"auths"\s*:/],
  ['a URL with a token', '://', /:\/\/(gh[pousr]_|github_pat_|hf_)[^\s/@]+@/],
  ['a private key', '-----BEGIN', /-----BEGIN [A-Z ]{0,40}PRIVATE KEY( BLOCK)?-----/],
  ['a Hugging Face token', 'hf_', /\bhf_[A-Za-z0-9]{30}/],
  ['a GitHub token', 'gh', /\bgh[pousr]_[A-Za-z0-9]{36}/],
  ['a GitHub token', 'github_pat_', /\bgithub_pat_\w{22}/],
  ['an AWS access key', 'AKIA', /\bAKIA[A-Z2-7]{16}\b/],
  ['an AWS access key', 'ASIA', /\bASIA[A-Z2-7]{16}\b/],
  ['a Slack token', 'xox', /\bxox[abeoprs]-[\w-]{20}/],
  [
    'an Authorization header',
    'earer',
    /(^|authorization\W{1,5})bearer(\s|%20)+(?=[^\s"']{0,40}\d)[\w.~+/-]{8,}=*(?=["'\s]|$)/i,
  ],
];

const BASIC_CREDENTIALS = /(?:^|authorization\W{1,5})basic(?:\s|%20)+([A-Za-z0-9+/]{4,}={0,2})(?=["'\s]|$)/i;
const TOKEN_OF_THREE_PARTS = /\b(eyJ[\w-]{10,500})\.[\w-]+\.[\w-]+/g;
/** What else stands for a password in a URL: a variable of a shell in small letters, `<password>`, `{password}`, `%(password)s`, `***`. */
const URL_PLACEHOLDER = /\$\w+|<[\w -]+>|\{[\w.]*\}|%\(\w+\)s|\*{3,}/g;
/** A user may be missing, a password may not. */
const URL_WITH_PASSWORD = /:\/\/[^\s/:@]*:[^\s/@]+@/;
/** A parameter of a URL, or a member of a connection string: `;Password=x`, `host=db password=x`. */
const PASSWORD_PARAMETER =
  /(?:(?<!&)[?&]|[\w/=.-];|\b(?:host|port|user|dbname)=\S{1,100} )(?:password|passwd|pwd|accountkey|sharedaccesskey)=(?!(?:true|false)\b)[^\s&;"'`<>(){}[\]$,]+(?=[\s&;"'`]|$)/i;

/** `nvapi-` and a few characters more, in base64. */
const SHORTEST_BASE64 = 16;
const BASE64_WORD = /[A-Za-z0-9+/]{16,}={0,2}/g;
/** People encode a value for a Secret, and a chart once more. */
const BASE64_LAYERS = 2;

/** The words of a name in lower case, joined by "_". */
export function wordsOf(name: string): string {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z0-9]+/g, '_')
    .toLowerCase();
}

/** What a name of a variable, key, flag or header says of its value: `NGC_API_KEY`, `ngc.apiKey`, `db-password`, `API_KEY2`. */
export const secretNameKind = rememberedText((name): SecretNameKind | undefined => {
  const words = wordsOf(name).replace(NAME_SUFFIX, '');
  return NO_SECRET_NAME.test(words) ? undefined : SECRET_NAMES.find(([, pattern]) => pattern.test(words))?.[0];
});

/** Whether an environment variable of this name holds a credential, whatever its value is. */
export function isSecretName(name: string): boolean {
  const kind = secretNameKind(name);
  return kind !== undefined && kind !== 'word' && kind !== 'key';
}

/** A text without what is filled in later. */
export function withoutReferences(text: string): string {
  return text.replaceAll(FILLED_IN, '');
}

/** What kind of credential a text holds, or `undefined` when it holds none that can be recognised. */
export function literalSecretIn(text: string): string | undefined {
  return shapeIn(text) ?? (isInBase64(text, BASE64_LAYERS) ? 'a credential in base64' : undefined);
}

function shapeIn(text: string): string | undefined {
  const shape = SECRET_SHAPES.find(([, part, pattern]) => text.includes(part) && pattern.test(text));
  if (shape !== undefined) {
    return shape[0];
  }
  if (text.includes('://') || text.includes('=')) {
    const written = withoutReferences(text).replaceAll(URL_PLACEHOLDER, '');
    if (URL_WITH_PASSWORD.test(written)) {
      return 'a URL with a user and password';
    }
    if (PASSWORD_PARAMETER.test(written)) {
      return 'a connection string with a password';
    }
  }
  if (text.includes('eyJ') && [...text.matchAll(TOKEN_OF_THREE_PARTS)].some(([, header]) => isTokenHeader(header))) {
    return 'a JSON Web Token';
  }
  return text.includes('asic') && /^[ -~]*:[ -~]+$/.test(decoded(BASIC_CREDENTIALS.exec(text)?.[1]))
    ? 'an Authorization header'
    : undefined;
}

function isTokenHeader(part = ''): boolean {
  return /^\{.*"alg"\s*:/.test(decoded(part));
}

function isInBase64(text: string, layers: number): boolean {
  const words = text.length < SHORTEST_BASE64 ? [] : (text.match(BASE64_WORD) ?? []);
  return words.map(decoded).some(
    (plain) =>
      // What a registry login is made of.
      plain.includes('$oauthtoken:') || shapeIn(plain) !== undefined || (layers > 1 && isInBase64(plain, layers - 1)),
  );
}

function decoded(base64 = ''): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}

/** A member of a Docker registry configuration that holds a credential, written out instead of filled in by a template. */
const DOCKER_CREDENTIAL = /"(auth|password|identitytoken|registrytoken)"\s*:\s*"(?!\{\{)[^"]+"/i;

/** The same for a text that a template engine may still fill in: a registry configuration is fine when `{{ … }}` does. */
export function literalSecretInTemplate(text: string): string | undefined {
  return text.includes('{{') && !DOCKER_CREDENTIAL.test(text)
    ? literalSecretIn(text.replaceAll(/"auths"\s*:/g, ''))
    : literalSecretIn(text);
}
