import { secretNameKind, withoutReferences } from '../../common/literal-secrets';

/** Where a name stands, and so what it may mean. */
export enum NameOf {
  /** A variable, a header, or an entry of what becomes a Secret. */
  VALUE,
  /** A setting of a chart, a file or a program, where `secret` mostly names the object that holds the credential. */
  SETTING,
}

/** Values that are no credential, whatever their name says. */
const NO_CREDENTIAL: readonly RegExp[] = [
  // A path or a file.
  /^(\.{0,2}|~)(\/[\w.@:-]+)+\/?$/,
  /^[\w.-]+\.(key|pem|crt|cer|json|txt|p12|jks|ya?ml|env)$/i,
  // A URL (one with a password has a shape of its own), a reference into a secret manager, an encrypted value.
  /^([a-z][a-z0-9+.-]*:\/\/|arn:|vault:|file:|env:|ENC[[(])/,
  // A switch, or the word for nothing. Clients of a NIM that asks for no key send one of these.
  /^(true|false|yes|no|on|off|enabled?|disabled?|none|null|nil|empty|unset|unused|not-(used|needed|set)|dummy|placeholder)$/i,
  // What stands for a value in documentation and schemas, and the special tokens of a tokenizer.
  /^(<[^<>]*>|\[[A-Z_]+\]|[*x.…]+|string)$/i,
  // A script that fetches it.
  /^#!/,
];
/** How many tokens, or which one of several keys. */
const SMALL_NUMBER = /^\d{1,6}$/;
/** Letters of both cases and digits without a break, or hexadecimal digits: nobody names a cache so. */
const RANDOM = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9+/]{20,}={0,2}$|^[0-9a-fA-F]{32,}$/;
const AUTHORIZATION = /(^|[^a-z])authorization$/i;
const SCHEME = /^\s*(basic|bearer|token|digest|apikey)(\s|%20)+/i;

/** Whether a value is a credential, by its name, and written out. */
export function isLiteralCredential(name: string, value: string, nameOf: NameOf): boolean {
  if (AUTHORIZATION.test(name)) {
    return SCHEME.test(value) && isLiteral(value.replace(SCHEME, ''));
  }
  switch (secretNameKind(name)) {
    case 'password':
      return isLiteral(value);
    case 'credential':
      return isLiteral(value) && !SMALL_NUMBER.test(value);
    case 'secret':
      return nameOf === NameOf.SETTING ? RANDOM.test(value) : isLiteral(value);
    case 'key':
      return RANDOM.test(value);
    case undefined:
      return false;
  }
}

function isLiteral(value: string): boolean {
  const literal = withoutReferences(value).trim();
  return literal !== '' && (RANDOM.test(literal) || !NO_CREDENTIAL.some((pattern) => pattern.test(literal)));
}

/** `NAME=value`, `name: value` and `"name": "value",` on lines of their own, with a whole value that nothing computes. */
const SETTING =
  /(?:^|[\n{,])[ \t]*(?:- +|export +)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*[=:][ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|(?![|&*!%@`])([^\s"'#,;{}[\]()<>]+))(?=[ \t]*(?:[\r\n,;}#]|$))/g;

/** The names of the credentials in a text of settings: properties, an env file, YAML, JSON. */
export function credentialsInSettings(text: string): string[] {
  const found: string[] = [];
  let variable = '';
  for (const [, key = '', ...values] of text.matchAll(SETTING)) {
    const value = values.find(Boolean) ?? '';
    // `- name: NGC_API_KEY` with `value:` in the next line.
    const name = key === 'value' ? variable : key;
    if (isSetTo(name, value)) {
      found.push(name);
    }
    variable = key === 'name' ? value : '';
  }
  return found;
}

/** One word of a shell command, with what it quotes or substitutes, or the end of the command. */
const SHELL_WORD = /(?:\$\([^()]*\)|`[^`]*`|"[^"]*"|'[^']*'|[^\s"'`;|&])+|[;|&\n]/g;
const ASSIGNMENT = /^-*([A-Za-z_][\w.-]*)=([^]+)$/;
/** A flag whose value is the next word; `--no-password` has none. */
const FLAG = /^--?(?!(?:allow|ask|no|skip|use|without)-)([A-Za-z][\w-]*)$/;
const HEADER = /^([\w-]+): *([^]+)$/;
/** Not two numbers: `install -u 1000:1000`. */
const LOGIN = /^(?!\d*:\d*$)[^:]*:(.+)$/;

/** The names of the credentials in the arguments of a command, each with the index of its argument. */
export function credentialsInCommand(args: readonly string[]): { readonly name: string; readonly argument: number }[] {
  const words = args.flatMap((text, argument) => shellWords(text).map((word) => ({ word, argument })));
  const callsCurl = words.some(({ word }) => /(^|\/)curl$/.test(word));
  return words.flatMap(({ word, argument }, index) => {
    const name = credentialIn(word, words[index - 1]?.word ?? '', callsCurl);
    return name === undefined ? [] : [{ name, argument }];
  });
}

/** The words of a script; an argument without blanks, and a header, is one word. */
function shellWords(text: string): string[] {
  return /\s/.test(text) && !HEADER.test(text)
    ? (text.replaceAll(/\\\r?\n/g, ' ').match(SHELL_WORD) ?? []).map((word) => word.replaceAll(/["']/g, ''))
    : [text];
}

function credentialIn(word: string, before: string, callsCurl: boolean): string | undefined {
  const [, name = '', value = ''] = ASSIGNMENT.exec(word) ?? [];
  // `--set auth.password=x`, `--from-literal=password=x`
  const [, inner = '', innerValue = ''] = ASSIGNMENT.exec(value) ?? [];
  const flag = FLAG.exec(before)?.[1] ?? '';
  const [, header = '', headerValue = ''] = /^(-H|--header)$/.test(before) ? (HEADER.exec(word) ?? []) : [];
  const candidates = [
    [name, value],
    [inner, innerValue],
    [header, headerValue],
    [flag, /^[-;|&\n]/.test(word) ? '' : word],
  ] as const;
  const found = candidates.find(([candidate, text]) => isSetTo(candidate, text))?.[0];
  if (found !== undefined) {
    return found;
  }
  const [, password = ''] = callsCurl && /^(-u|--user)$/.test(before) ? (LOGIN.exec(word) ?? []) : [];
  return isSetTo('password', password) ? 'the password of curl' : undefined;
}

/** What a shell, Kubernetes or the program fills in, in whole or in part, is not written out. */
function isSetTo(name: string, value: string): boolean {
  return name !== '' && value !== '' && !/[$`]/.test(value) && isLiteralCredential(name, value, NameOf.SETTING);
}
