import { type Document, isCollection, isMap, LineCounter, parseAllDocuments, type Tags, visit } from 'yaml';
import { at, type Path } from '../manifests/fields';
import { groupOf, isListKind, isManifest, type Manifest, nameOf, namespaceOf } from '../manifests/manifest';
import { messageOf } from './arguments';
import type { InputProblem, SourceFile } from './files';
import { plainDocuments } from './plain-yaml';

/** An object, and where it was read. */
export interface SourcedObject {
  readonly object: Manifest;
  readonly file: string;
  /** The line of a field, or of what is nearest to it, counted from 1. */
  lineOf(path: Path): number;
}

const TEMPLATE = 'it looks like a template: render templates before they are checked, for example with `helm template`';
/** Merges the keys of another map; a map may have it more than once. */
const MERGE_KEY = '<<';

/** No manifest is this deep. */
const DEEPEST_NESTING = 100;

/** What a file holds: its objects, with lists expanded, and what is no object. */
interface Contents<Read> {
  readonly objects: Read[];
  readonly problems: InputProblem[];
}

/** An object, and its path from the root of its document. */
interface Located {
  readonly object: Manifest;
  lineOf(path: Path): number;
}

/** Kubernetes reads YAML 1.1, where `yes` is true; but it keeps dates as texts. */
const YAML_OF_KUBERNETES = {
  version: '1.1',
  customTags: withoutDates,
  // Its own check compares every key with every other one, which takes minutes for a large ConfigMap.
  uniqueKeys: false,
  logLevel: 'error',
} as const;

/** The objects of a file, with lists expanded, and what is no object. */
export function readObjects(source: SourceFile): Contents<SourcedObject> {
  const plain = plainObjects(source.text);
  const { objects, problems } = plain === undefined ? parsed(source) : { objects: plain, problems: [] };
  const sourced = objects.map(({ object }, index): SourcedObject => ({
    object,
    file: source.file,
    lineOf: (path) => parsedLast(source).objects[index]?.lineOf(path) ?? 1,
  }));
  return { objects: sourced, problems };
}

/** The objects of a text in plain YAML, when all that is in it are objects. */
function plainObjects(text: string): { readonly object: Manifest }[] | undefined {
  try {
    return plainDocuments(text)?.flatMap((value) =>
      objectsIn(value, []).map(([object]) => {
        requireRendered(object);
        return { object };
      }),
    );
  } catch {
    // The whole parser knows the line of what is wrong.
    return undefined;
  }
}

let last: { readonly source: SourceFile; readonly contents: Contents<Located> } | undefined;

/**
 * The objects of a file with their lines. Only findings need lines, most files have none, and lines take several times
 * the time and memory of the objects. So a file is read again for its lines, and the last one is kept, because
 * findings come file by file.
 */
function parsedLast(source: SourceFile): Contents<Located> {
  if (last?.source !== source) {
    last = { source, contents: parsed(source) };
  }
  return last.contents;
}

function parsed({ file, text }: SourceFile): Contents<Located> {
  const lines = new LineCounter();
  let documents: Document[];
  try {
    documents = [...parseAllDocuments(text, { ...YAML_OF_KUBERNETES, lineCounter: lines })];
  } catch (error) {
    return { objects: [], problems: [{ file, message: `it cannot be read as YAML: ${messageOf(error)}` }] };
  }
  const objects: Located[] = [];
  const problems: InputProblem[] = [];
  for (const document of documents) {
    const line = lines.linePos(document.contents?.range?.[0] ?? 0).line;
    const wrong = wrongIn(document, text);
    if (wrong !== undefined) {
      problems.push({ file, line: lines.linePos(wrong.position).line, message: wrong.message });
      continue;
    }
    try {
      const value: unknown = document.toJS();
      requireTree(value);
      for (const [object, path] of objectsIn(value, [])) {
        requireRendered(object);
        objects.push({ object, lineOf: (field) => lineOf(document, [...path, ...field], lines, line) });
      }
    } catch (thrown) {
      problems.push({ file, line, message: messageOf(thrown) });
    }
  }
  return { objects, problems };
}

/** Why a document cannot be read, and where. */
function wrongIn(
  document: Document,
  text: string,
): { readonly position: number; readonly message: string } | undefined {
  const [error] = document.errors;
  if (error !== undefined) {
    const [summary = ''] = error.message.split('\n');
    const hint = text.includes('{{') ? `; ${TEMPLATE}` : '';
    return { position: error.pos[0], message: `it is not YAML: ${summary.replace(/:$/, '')}${hint}` };
  }
  let wrong: { readonly position: number; readonly message: string } | undefined;
  visit(document, {
    Map: (_, { items }) => {
      const keys = new Set<string>();
      for (const { key } of items) {
        const position = Number(at(key, 'range', 0) ?? 0);
        if (isCollection(key)) {
          wrong = { position, message: `it is not YAML: a key is no text; ${TEMPLATE}` };
          return visit.BREAK;
        }
        const name = String(key);
        if (keys.has(name) && name !== MERGE_KEY) {
          wrong = { position, message: `it is not YAML: the key ${JSON.stringify(name)} is there twice` };
          return visit.BREAK;
        }
        keys.add(name);
      }
      return undefined;
    },
  });
  return wrong;
}

function withoutDates(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === 'string' || tag.tag !== 'tag:yaml.org,2002:timestamp');
}

/** The objects of a document, each with its path. */
function objectsIn(value: unknown, path: Path): [Manifest, Path][] {
  if (value === null || value === undefined) {
    return [];
  }
  if (!isManifest(value)) {
    throw new Error('it is no Kubernetes object: apiVersion and kind are missing');
  }
  if (groupOf(value) === 'kustomize.config.k8s.io') {
    throw new Error('it is input of kustomize: check what `kustomize build` prints');
  }
  return isListKind(value)
    ? (at(value, 'items') as unknown[]).flatMap((item, index) => objectsIn(item, [...path, 'items', index]))
    : [[value, path]];
}

/** Refuses an object whose name a template should have filled in. */
function requireRendered(object: Manifest): void {
  const unrendered = [nameOf(object), namespaceOf(object)].find((name) => name.includes('{{'));
  if (unrendered !== undefined) {
    throw new Error(`the name ${JSON.stringify(unrendered)} is not rendered: ${TEMPLATE}`);
  }
}

/** Refuses what no manifest has: an alias that holds itself, and nesting without an end. */
function requireTree(value: unknown, ancestors: readonly unknown[] = []): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  if (ancestors.includes(value)) {
    throw new Error('an alias holds itself');
  }
  if (ancestors.length >= DEEPEST_NESTING) {
    throw new Error(`it is nested deeper than ${DEEPEST_NESTING} levels`);
  }
  for (const member of Object.values(value)) {
    requireTree(member, [...ancestors, value]);
  }
}

function lineOf(document: Document, path: Path, lines: LineCounter, firstLine: number): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    // The line of the key, where there is one: that is where people look.
    const pair = isMap(parent) ? parent.items.find((item) => String(item.key) === String(key)) : undefined;
    const node: unknown = pair?.key ?? document.getIn(path.slice(0, length), true);
    const range = at(node, 'range', 0);
    if (typeof range === 'number') {
      return lines.linePos(range).line;
    }
  }
  return firstLine;
}
