/// <reference types="node" />
import { relative, sep } from 'node:path';
import { check } from '../../guardrails/engine';
import { failing } from '../../guardrails/report';
import type { RuleSet } from '../../guardrails/rule';
import { folderOf } from '../../manifests/clusters';
import { showPath } from '../../manifests/fields';
import { groupBy } from '../../manifests/grouping';
import { showObject } from '../../manifests/manifest';
import { byContainer } from '../by-container';
import { readObjects, type SourcedObject } from '../documents';
import { readFiles, showPlace } from '../files';
import type { GuardrailsArguments } from '../guardrails-arguments';
import { placesIn } from '../result';
import { folded } from './folder';
import { duplicatesIn, type PlacedObject } from './objects';
import { RECORD_FILE } from './record';
import type { Refusal } from './result';

/** A rendered folder: its files by their path in it, and the objects in them. */
export interface Render {
  readonly files: ReadonlyMap<string, string>;
  readonly objects: readonly (SourcedObject & PlacedObject)[];
}

/** Reads a rendered folder; throws with what in it is no manifest. */
export function readRender(folder: string): Render {
  const { files, problems } = readFiles([folder], [], () => Buffer.alloc(0));
  const read = files.map(readObjects);
  const [problem] = [...problems, ...read.flatMap((file) => file.problems)];
  if (problem !== undefined) {
    throw new Error(`${showPlace(problem)}: ${problem.message}`);
  }
  const pathOf = (file: string): string => relative(folder, file).replaceAll(sep, '/');
  const objects = read.flatMap((contents) =>
    contents.objects.map((source) => ({ ...source, file: pathOf(source.file) })),
  );
  if (objects.length === 0) {
    throw new Error(`${folder}: there is no Kubernetes object in it: was the last synth without an error?`);
  }
  return { files: new Map(files.map(({ file, text }) => [pathOf(file), text])), objects };
}

/** What no folder can hold: two objects that are one to the API server, and two files that are one to many file systems. */
export function refusedAnywhere({ files, objects }: Render): Refusal[] {
  const names = [...new Set([...files.keys()].flatMap(pathsTo))];
  const sameNames = [...groupBy(names, folded).values()].filter(({ length }) => length > 1);
  return [
    ...duplicatesIn(objects).map(([first, ...others]) => ({
      file: first?.file ?? '',
      message: `${first === undefined ? '' : showObject(first.object)} is there more than once, also in ${others.map(({ file }) => file).join(', ')}: to the API server they are one object, and the last one wins; render it once`,
    })),
    ...sameNames.map(([first = '', ...others]) => ({
      file: first,
      message: `${others.join(', ')} differs from it only in upper and lower case, which many file systems take for one: rename one of them`,
    })),
    ...(files.has(RECORD_FILE) ? [{ file: RECORD_FILE, message: 'publish writes a file of this name' }] : []),
  ];
}

/** A path and the folders that it leads through. */
function pathsTo(path: string): string[] {
  const steps = path.split('/');
  return steps.map((_, index) => steps.slice(0, index + 1).join('/'));
}

/** What the guardrails refuse. */
export function refusedByGuardrails({ objects }: Render, rules: RuleSet, asked: GuardrailsArguments): Refusal[] {
  const folders = new Map(objects.map(({ object, file }) => [object, folderOf(file)]));
  const report = check(
    objects.map(({ object }) => object),
    rules,
    asked.options,
    (object) => folders.get(object),
  );
  const { placeOf } = placesIn(objects, asked.config);
  return byContainer(failing(report, asked.options)).map((finding) => {
    const { rule, object, path, message, fix } = finding;
    const { file = '', line = 1 } = placeOf(finding);
    const where = [object === undefined ? 'app' : showObject(object), showPath(path)].filter((part) => part !== '');
    return { file, line, message: `${rule}: ${where.join(', ')}: ${message}; ${fix}` };
  });
}
