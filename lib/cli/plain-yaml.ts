/** A line that is not empty. */
interface Line {
  readonly indent: number;
  readonly text: string;
}

/** Thrown where a text uses more of YAML than is read here. */
const MORE_THAN_PLAIN = new Error('more than plain YAML');

const DOCUMENT_START = '---';
const LIST_ITEM = '- ';
/** Texts with tabs, other line ends or letters beyond ASCII have rules of their own. */
const OTHER_CHARACTERS = /[^\n -~]/;
const ENTRY = /^(\.?[A-Za-z_][A-Za-z0-9_./-]*):(?: (.*))?$/;
/** What YAML 1.1 reads as a truth value, a number or nothing, at least in some spelling. */
const WORD_WITH_MEANING = /^(y|n|yes|no|on|off|true|false|null|\.inf|\.nan)$/i;
/** Manifests are not this deep. It bounds how deep the objects and the reader's own calls are nested. */
const DEEPEST_INDENT = 50;
/** A key that would set the prototype. */
const PROTOTYPE = '__proto__';
const PLAIN = /^[A-Za-z0-9/$(+_]|^\.[A-Za-z0-9]|^-[0-9]|^::/;
/** Leaves out what YAML 1.1 also reads as one: octal and hexadecimal numbers, `1_000`, `1:30`, `1e3`. */
const NUMBER = /^-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?$/;
/** Begins with a letter or the like, has a letter or sign that is in no number, or is an address or a version. */
const NO_NUMBER = /^[A-Za-z/$(]|[^0-9a-fA-FxXoO_+.:-]|^[0-9]+(\.[0-9]+){2,}$/;
const TRUTH: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);
const NOT_PLAIN = /: | #|[: ]$/;
const DOUBLE_QUOTED = /^"(?:[^"\\]|\\["\\/bfnrt])*"$/;
const SINGLE_QUOTED = /^'(?:[^']|'')*'$/;

/**
 * The documents of a text in the plain part of YAML that tools write: block maps and lists, scalars on one line. `undefined` when
 * anything else is in it, or anything is doubtful: then a whole parser has to read it. This is many times faster than one, because
 * it keeps no positions.
 */
export function plainDocuments(text: string): unknown[] | undefined {
  if (OTHER_CHARACTERS.test(text)) {
    return undefined;
  }
  try {
    return documentsOf(text).map((lines) => new PlainReader(lines).document());
  } catch (error) {
    if (error === MORE_THAN_PLAIN) return undefined;
    throw error;
  }
}

function documentsOf(text: string): Line[][] {
  let lines: Line[] = [];
  const documents = [lines];
  for (const line of text.split('\n')) {
    if (line === DOCUMENT_START) {
      lines = [];
      documents.push(lines);
      continue;
    }
    const indent = line.search(/[^ ]/);
    if (indent > DEEPEST_INDENT) throw MORE_THAN_PLAIN;
    if (indent !== -1 && line[indent] !== '#') {
      lines.push({ indent, text: line.slice(indent) });
    }
  }
  return documents;
}

class PlainReader {
  private index = 0;

  public constructor(private readonly lines: Line[]) {}

  public document(): unknown {
    const value = this.lines.length === 0 ? null : this.block(0);
    if (this.index < this.lines.length) throw MORE_THAN_PLAIN;
    return value;
  }

  private block(indent: number): unknown {
    return this.isItem(this.lines[this.index], indent) ? this.list(indent) : this.map(indent);
  }

  private map(indent: number): Record<string, unknown> {
    const map: Record<string, unknown> = {};
    for (let line = this.lines[this.index]; line !== undefined; line = this.lines[this.index]) {
      if (line.indent < indent) break;
      const entry = line.indent === indent ? ENTRY.exec(line.text) : null;
      const key = entry?.[1];
      if (key === undefined || key === PROTOTYPE || WORD_WITH_MEANING.test(key) || Object.hasOwn(map, key)) {
        throw MORE_THAN_PLAIN;
      }
      this.index += 1;
      map[key] = entry?.[2] === undefined ? this.below(indent) : this.scalar(entry[2]);
    }
    return map;
  }

  /** What belongs to a key with nothing after it on its line; a list may stand as far left as the key. */
  private below(indent: number): unknown {
    const next = this.lines[this.index];
    if (next !== undefined && next.indent > indent) {
      return this.block(next.indent);
    }
    return this.isItem(next, indent) ? this.list(indent) : null;
  }

  private list(indent: number): unknown[] {
    const list: unknown[] = [];
    for (let line = this.lines[this.index]; this.isItem(line, indent); line = this.lines[this.index]) {
      const text = line.text.slice(LIST_ITEM.length);
      if (ENTRY.test(text)) {
        // A map that begins on the line of its dash.
        this.lines[this.index] = { indent: indent + LIST_ITEM.length, text };
        list.push(this.map(indent + LIST_ITEM.length));
      } else {
        this.index += 1;
        list.push(this.scalar(text));
      }
    }
    return list;
  }

  private isItem(line: Line | undefined, indent: number): line is Line {
    return line?.indent === indent && line.text.startsWith(LIST_ITEM);
  }

  private scalar(text: string): unknown {
    if (text === '{}') return {};
    if (text === '[]') return [];
    if (DOUBLE_QUOTED.test(text)) return text.includes('\\') ? JSON.parse(text) : text.slice(1, -1);
    if (SINGLE_QUOTED.test(text)) return text.slice(1, -1).replaceAll("''", "'");
    if (!PLAIN.test(text) || NOT_PLAIN.test(text)) throw MORE_THAN_PLAIN;
    return TRUTH.get(text) ?? numberOrText(text);
  }
}

function numberOrText(text: string): number | string {
  if (NUMBER.test(text)) return Number(text);
  if (WORD_WITH_MEANING.test(text) || !NO_NUMBER.test(text)) throw MORE_THAN_PLAIN;
  return text;
}
