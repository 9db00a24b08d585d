import { rememberedText } from '../common/remembered-text';
import { secretNameKind, withoutReferences, wordsOf } from '../common/literal-secrets';

/** Where a name stands, and so what it may mean. */
export enum NameContext {
  /** A variable, a header, or an entry of what becomes a Secret. */
  VALUE,
  /** A setting of a chart, a file or a program, where `secret` mostly names the object that holds the credential. */
  SETTING,
}

/** Values that are no credential, whatever their name says. */
const NO_CREDENTIAL: readonly RegExp[] = [
  // A path or a file: a relative path counts only with two slashes.
  /^@?(\.{0,2}|~)(\/[\w.@:-]+)+\/?$/,
  /^[\w.@:-]+(\/[\w.@:-]+){2,}\/?$/,
  /^[\w.-]+\.(key|pem|crt|cer|json|txt|p12|jks|ya?ml|env)$/i,
  // A URL (one with a password has a shape of its own), a reference into a secret manager, an encrypted value, a call.
  /^([a-z][a-z0-9+.-]*:\/\/|arn:|vault:|file:|env:|os\.environ\/|(ENC|SECRET|env|getenv)[[(])/,
  // A switch, or the word for nothing. Clients of a NIM that asks for no key send one of these.
  /^(true|false|yes|on|off|enabled?|disabled?|required|optional|null|nil|empty|unset|unused|ignored?|local|n\/a)$/i,
  /^(no|not|none)([-_ ](api|key|token|auth|password|used|needed|set|required))*$/i,
  /^(sk-)?(dummy|fake|placeholder)([-_](api|key|token))*$/i,
  // What stands for a value in documentation and schemas, and the special tokens of a tokenizer.
  /^(<[^<>]*>|\[\w+\]|__\w+__|[*x.…]+|string)$/i,
  /^[^\p{L}\p{N}]{1,3}$/u,
  // A script that fetches it.
  /^#!/,
];
/** The name of another variable that holds it. */
const VARIABLE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/;
/** How long a password has to be. */
const TINY_NUMBER = /^\d{1,2}$/;
/** How many tokens, or which one of several keys. */
const SMALL_NUMBER = /^\d{1,6}$/;
/** A word, or the name of an object. */
const OBJECT_NAME = /^[a-z]+([-.]([a-z]+|v?\d{1,3}))*$/;
/** The id of a key in a key service, or an algorithm. */
const KEY_ID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$|^[A-Z]{2,3}-?\d{3}$/;
const LETTERS_AND_DIGITS = /^(?=.*[A-Za-z])(?=.*\d)\S{8,}$/;
/** Letters of both cases and digits without a break, or hexadecimal digits: nobody gives a cache such a name. */
const RANDOM = /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)[A-Za-z0-9+/]{20,}={0,2}$|^[0-9a-fA-F]{32,}$/;
const AUTHORIZATION = /(^|[^a-z])authorization$/i;
const SCHEME = /^\s*(basic|bearer|token|digest|apikey)(\s|%20)+/i;

/** Whether a value is a credential, by its name, and written out. */
export function isLiteralCredential(name: string, value: string, context: NameContext): boolean {
  if (AUTHORIZATION.test(name)) {
    return SCHEME.test(value) && isLiteral(value.replace(SCHEME, ''));
  }
  switch (secretNameKind(name)) {
    case 'password':
      return isLiteral(value) && !TINY_NUMBER.test(value);
    case 'credential':
      return isLiteral(value) && !SMALL_NUMBER.test(value);
    case 'keyOrId':
      return isLiteral(value) && !SMALL_NUMBER.test(value) && !OBJECT_NAME.test(value) && !KEY_ID.test(value);
    case 'secret':
      return context === NameContext.SETTING ? RANDOM.test(value) : isLiteral(value) && !OBJECT_NAME.test(value);
    case 'word':
      return isLiteral(value) && LETTERS_AND_DIGITS.test(value) && !OBJECT_NAME.test(value);
    case 'key':
      return RANDOM.test(value);
    case undefined:
      return false;
  }
}

function isLiteral(value: string): boolean {
  const literal = withoutReferences(value).trim();
  return literal !== '' && (RANDOM.test(literal) || !isNoCredential(literal));
}

function isNoCredential(literal: string): boolean {
  return (
    NO_CREDENTIAL.some((pattern) => pattern.test(literal)) ||
    (VARIABLE.test(literal) && secretNameKind(literal) !== undefined)
  );
}

/** `NAME=value`, `name: value` and `"name": "value",` on lines of their own, with a whole value that nothing computes. */
const SETTING =
  /(?:^|[\n{,])[ \t]*(?:- +|export +)?["']?([A-Za-z_][\w.-]*)["']?[ \t]*[=:][ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|(?![|&*!%@`])([^\s"'#,;{}[\]()<>]+))(?=[ \t]*(?:[\r\n,;}#]|$))/g;

/** The name of a credential in a text, and the line of it, counted from 1. */
interface NamedCredential {
  readonly name: string;
  readonly line: number;
}

/** The names of the credentials in a text of settings, each with its line: properties, an env file, YAML, JSON. */
export const credentialsInSettings = rememberedText((text): readonly NamedCredential[] => {
  const found: { name: string; line: number }[] = [];
  let variable = '';
  let line = 1;
  let counted = 0;
  for (const match of text.matchAll(SETTING)) {
    const [setting, key = '', ...values] = match;
    const value = values.find(Boolean) ?? '';
    // `- name: NGC_API_KEY` with `value:` in the next line.
    const name = key === 'value' ? variable : key;
    const start = match.index + setting.indexOf(key);
    line += text.slice(counted, start).split('\n').length - 1;
    counted = start;
    if (isSetTo(name, value) && !repeats(name, value)) {
      found.push({ name, line });
    }
    variable = key === 'name' ? value : '';
  }
  return found;
});

/** A label (`password: Password`) or the header that takes it (`apiKey: X-Api-Key`). */
function repeats(name: string, value: string): boolean {
  return wordsOf(value).replace(/^x_/, '') === wordsOf(name.replace(/^.*\./, ''));
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
  return name !== '' && value !== '' && !/[$`]/.test(value) && isLiteralCredential(name, value, NameContext.SETTING);
}
