import { literalSecretInTemplate } from '../../common/literal-secrets';
import { rememberedText } from '../../common/remembered-text';
import { type Rule, RuleLevel, type Violation } from '../rule';
import {
  type Fields,
  fieldsAt,
  isFields,
  listAt,
  type Path,
  scalarText,
  textAt,
  textsAt,
} from '../../manifests/fields';
import { groupKindOf, groupOf, type Manifest, namespaceOf } from '../../manifests/manifest';
import type { Manifests } from '../../manifests/manifests';
import { credentialsInCommand, credentialsInSettings, isLiteralCredential, NameContext } from '../named-credentials';

/** Kinds with texts under names that people choose, and where these are. */
const NAMED_TEXTS: Readonly<Record<string, Path>> = {
  '/ConfigMap': [],
  'external-secrets.io/ExternalSecret': ['spec', 'target', 'template'],
  'external-secrets.io/ClusterExternalSecret': ['spec', 'externalSecretSpec', 'target', 'template'],
  'bitnami.com/SealedSecret': ['spec', 'template'],
};

/** Where the kinds of the Vault Secrets Operator have templates, by the key of the Secret. */
const VAULT_GROUP = 'secrets.hashicorp.com';
const VAULT_TEMPLATES: Path = ['spec', 'destination', 'transformation', 'templates'];

/** Names of entries that are read as settings; scripts and pages are code, where a name says little. */
const SETTINGS_FILE = /^[^.]+$|(^|\.)(env(\.\w+)?|properties|ya?ml|json|toml|ini|cfg|conf|config)$/i;

export const noLiteralSecret: Rule = {
  id: 'no-literal-secret',
  level: RuleLevel.ERROR,
  what: 'No credential is written out: no Secret with data, no API key, token, registry login, private key or password anywhere, also not in a ConfigMap, an annotation, a command or a header.',
  why: 'Manifests are stored in Git, and Git keeps every version for everybody who can read it.',
  fix: 'keep the value in a secret manager and refer to it: an ExternalSecret, or valueFrom.secretKeyRef. Revoke a key that was committed; acknowledge the field if it holds no credential',
  check: (object, manifests) => {
    const search = new Search(object, manifests);
    search.data();
    search.below(object, []);
    return search.found;
  },
};

/** What kind of credential a text holds. Remembered, because most texts are in many objects. */
const literalSecretIn = rememberedText(literalSecretInTemplate);

/** SOPS changes nothing of an object but its values. */
function isSealedBySops(value: unknown): boolean {
  return typeof value === 'string' && /^ENC\[AES256_GCM,data:[^\]]*\]$/.test(value);
}

/** The search of one object. */
class Search {
  public readonly found: Violation[] = [];

  public constructor(
    private readonly object: Manifest,
    private readonly manifests: Manifests,
  ) {}

  /** What is stored under names that say what it is. */
  public data(): void {
    const groupKind = groupKindOf(this.object);
    if (groupKind === '/Secret') {
      for (const field of ['data', 'stringData']) {
        const values = Object.values(fieldsAt(this.object, field));
        if (values.length > 0 && !values.every(isSealedBySops)) {
          this.found.push({ path: [field], message: `a Secret with ${field} is stored with its values` });
        }
      }
    }
    if (groupOf(this.object) === VAULT_GROUP) {
      for (const [name, template] of Object.entries(fieldsAt(this.object, ...VAULT_TEMPLATES))) {
        this.entry(name, textAt(template, 'text') ?? '', [...VAULT_TEMPLATES, name, 'text']);
      }
    }
    const place = NAMED_TEXTS[groupKind];
    if (place !== undefined) {
      this.namedTexts(place);
    }
  }

  private namedTexts(place: Path): void {
    for (const [name, text] of Object.entries(textsAt(this.object, ...place, 'data'))) {
      this.entry(name, text, [...place, 'data', name]);
    }
    for (const [name, text] of Object.entries(textsAt(this.object, ...place, 'binaryData'))) {
      this.entry(name, Buffer.from(text, 'base64').toString('utf8'), [...place, 'binaryData', name]);
    }
    listAt(this.object, ...place, 'templateFrom').forEach((source, index) => {
      this.settings(textAt(source, 'literal') ?? '', [...place, 'templateFrom', index, 'literal']);
    });
  }

  private entry(name: string, text: string, path: Path): void {
    if (isLiteralCredential(name, text, NameContext.VALUE)) {
      this.named(name, text, path);
    } else if (SETTINGS_FILE.test(name) && !text.startsWith('#!')) {
      this.settings(text, path);
    }
  }

  private settings(text: string, path: Path): void {
    const [credential] = credentialsInSettings(text);
    if (credential !== undefined) {
      this.named(`${credential.name} in line ${String(credential.line)}`, text, path);
    }
  }

  /** Everything below an object or a list; `path` leads to it. One walk over everything, so it makes no lists on its way. */
  public below(value: object, path: (string | number)[]): void {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        this.member(value[index], index, path);
      }
    } else if (isFields(value)) {
      this.fields(value, path);
      for (const key in value) {
        this.member(value[key], key, path);
      }
    }
  }

  private member(value: unknown, key: string | number, path: (string | number)[]): void {
    if (typeof value === 'string') {
      const secret = literalSecretIn(value);
      if (secret !== undefined) {
        this.found.push({ path: [...path, key], message: `it holds ${secret}` });
      }
    } else if (typeof value === 'object' && value !== null) {
      path.push(key);
      this.below(value, path);
      path.pop();
    }
  }

  /** The forms in which any kind writes names and values: variables, parameters, headers, commands, values of charts. */
  private fields(fields: Fields, path: Path): void {
    const { name, value } = fields;
    if (typeof name === 'string') {
      const context = path.at(-2) === 'env' || path.at(-2) === 'httpHeaders' ? NameContext.VALUE : NameContext.SETTING;
      if (typeof value === 'string' && isLiteralCredential(name, value, context)) {
        this.named(name, value, [...path, 'value']);
      }
      if (fields['valueFrom'] !== undefined) {
        this.configMapKey(name, fields, path);
      }
    }
    if (Array.isArray(fields['command']) || Array.isArray(fields['args'])) {
      this.command(fields, path);
    }
    const parent = path.at(-1);
    if (parent === 'annotations') {
      this.annotations(fields, path);
    } else if (parent === 'helm') {
      this.settings(textAt(fields, 'values') ?? '', [...path, 'values']);
    } else if (parent === 'valuesObject' || parent === 'customRequestHeaders') {
      this.members(fields, '', path);
    }
  }

  /** Texts under names that people choose; the name of a Secret that a controller reads is a setting. */
  private annotations(annotations: Fields, path: Path): void {
    for (const [name, text] of Object.entries(textsAt(annotations))) {
      if (isLiteralCredential(name, text, NameContext.SETTING)) {
        this.named(name, text, [...path, name]);
      } else if (!text.startsWith('#!')) {
        this.settings(text, [...path, name]);
      }
    }
  }

  /** A variable that takes a credential from a ConfigMap: the ConfigMap has it written out, wherever that is. */
  private configMapKey(name: string, fields: Fields, path: Path): void {
    const reference = fieldsAt(fields, 'valueFrom', 'configMapKeyRef');
    const key = textAt(reference, 'key');
    const map = textAt(reference, 'name');
    if (key === undefined || map === undefined) {
      return;
    }
    const configMap = this.manifests.find('/ConfigMap', namespaceOf(this.object), map);
    const value = textAt(configMap, 'data', key);
    // Without the ConfigMap only the name can tell; a word that is no name stands for the value.
    if (isLiteralCredential(name, value ?? 'Unknown', value === undefined ? NameContext.SETTING : NameContext.VALUE)) {
      this.found.push({
        path: [...path, 'valueFrom', 'configMapKeyRef'],
        message: `${name} is, by its name, a credential, and a ConfigMap holds its value written out`,
      });
    }
  }

  private command(fields: Fields, path: Path): void {
    const args = ['command', 'args'].flatMap((field) =>
      listAt(fields, field).map((argument, index) => ({
        text: scalarText(argument) ?? '',
        path: [...path, field, index],
      })),
    );
    for (const { name, argument } of credentialsInCommand(args.map(({ text }) => text))) {
      const arg = args[argument];
      if (arg !== undefined) {
        this.named(name, arg.text, arg.path);
      }
    }
  }

  /** Every text and number in a value, under the name of its member. */
  private members(value: unknown, name: string, path: Path): void {
    if (typeof value === 'string' || typeof value === 'number') {
      if (isLiteralCredential(name, String(value), NameContext.SETTING)) {
        this.named(name, String(value), path);
      }
    } else if (Array.isArray(value)) {
      value.forEach((member, index) => {
        this.members(member, name, [...path, index]);
      });
    } else {
      for (const [key, member] of Object.entries(value ?? {})) {
        this.members(member, key, [...path, key]);
      }
    }
  }

  /** A credential by its name; one with a shape is found by that. */
  private named(name: string, text: string, path: Path): void {
    if (literalSecretIn(text) === undefined) {
      this.found.push({ path, message: `${name} is, by its name, a credential, and its value is written out` });
    }
  }
}
