/// <reference types="node" />
import { existsSync } from 'node:fs';
import { languagesWith } from '../../guardrails/own-controllers';
import type { RuleSet } from '../../guardrails/rule';
import { folderOf } from '../../manifests/clusters';
import { groupBy } from '../../manifests/grouping';
import { showObject } from '../../manifests/manifest';
import { readObjects } from '../documents';
import type { GuardrailsArguments } from '../guardrails-arguments';
import { carryOut, isRecordOutdated } from './carry-out';
import type { Disk } from './disk';
import { isSame } from './fields';
import { PublishedFolder, requireTarget } from './folder';
import { diffOfFiles } from './lines';
import { requireAlone, withLock } from './lock';
import { compareObjects, duplicatesIn, type PlacedObject } from './objects';
import { type FilePlan, planFiles } from './plan';
import { readRender, refusedAnywhere, refusedByGuardrails, type Render } from './render';
import type { PublishResult, Refusal } from './result';
import { warningsOf } from './warnings';

/** What a run of publish is asked for. */
export interface PublishRequest {
  /** The rendered folder. */
  readonly rendered: string;
  /** The folder of a checkout that it goes into. */
  readonly target: string;
  /** Whether to compare and to write nothing. */
  readonly compareOnly: boolean;
  /** Whether to say which lines differ. */
  readonly withDiff: boolean;
  /** How the guardrails are asked; `undefined` where they are not. */
  readonly guardrails: GuardrailsArguments | undefined;
  /** The files that are written or removed whoever changed them, by their path in the folder. */
  readonly forced: readonly string[];
}

/** Compares a render with a folder, and writes what differs when nothing stands against it. */
export function publish(request: PublishRequest, rules: RuleSet, disk: Disk): PublishResult {
  const path = requireTarget(request.target, request.rendered);
  const render = readRender(request.rendered);
  const refusals = [
    ...refusedAnywhere(render),
    ...(request.guardrails === undefined ? [] : refusedByGuardrails(render, rules, request.guardrails)),
  ];
  if (request.compareOnly || refusals.length > 0) {
    if (existsSync(path)) requireAlone(path);
    return compared(request, render, refusals, new PublishedFolder(path)).result;
  }
  disk.makeFolder(path);
  return withLock(path, disk, () => {
    const folder = new PublishedFolder(path);
    const { plan, result } = compared(request, render, refusals, folder);
    if (result.refusals.length > 0) {
      return result;
    }
    carryOut(plan, folder, disk);
    return { ...result, done: 'published' };
  });
}

/** What differs, what would be done about it, and what stands against that. */
function compared(
  request: PublishRequest,
  render: Render,
  refusals: readonly Refusal[],
  folder: PublishedFolder,
): { readonly plan: FilePlan; readonly result: PublishResult } {
  const plan = planFiles(render.files, folder, new Set(request.forced), sameObjects);
  requireForced(request.forced, plan, render, folder);
  const changes = compareObjects(objectsIn(plan.before), render.objects);
  const allRefusals = [
    ...refusals,
    ...plan.obstacles.map(({ path, message, canBeForced }) => ({
      file: path,
      message: canBeForced ? `${message}: look at it, then take it over with --force ${path}` : message,
    })),
    ...othersWithSameObject(render, plan, folder),
  ];
  return {
    plan,
    result: {
      target: request.target,
      done: allRefusals.length > 0 ? 'refused' : 'compared',
      judged: request.guardrails !== undefined,
      objects: changes,
      written: [...plan.writes.keys()].sort(),
      removed: [...plan.removals].sort(),
      recordChanges: isRecordOutdated(plan, folder),
      warnings: warningsOf(changes, languagesWith(request.guardrails?.options.controllers ?? [])),
      diff: request.withDiff ? diffOfFiles(plan) : undefined,
      refusals: allRefusals,
    },
  };
}

/** The objects of files; what is none is left out, because it was never published. */
function objectsIn(files: ReadonlyMap<string, string>): PlacedObject[] {
  return [...files].flatMap(([file, text]) => readObjects({ file, text }).objects);
}

function sameObjects(one: string, other: string): boolean {
  const [first, second] = [one, other].map((text) => readObjects({ file: '', text }));
  return (
    first?.problems.length === 0 &&
    second?.problems.length === 0 &&
    isSame(
      first.objects.map(({ object }) => object),
      second.objects.map(({ object }) => object),
    )
  );
}

/** Refuses a forced name that nothing is known of: it is misspelt. */
function requireForced(
  forced: readonly string[],
  { obstacles }: FilePlan,
  render: Render,
  folder: PublishedFolder,
): void {
  const unknown = forced.find((path) => !render.files.has(path) && !folder.record.has(path));
  if (unknown !== undefined) {
    const names = obstacles.filter(({ canBeForced }) => canBeForced).map(({ path }) => path);
    throw new Error(
      `--force ${unknown}: there is no such file in the render or among the published ones; ${names.length === 0 ? 'nothing has to be forced' : `these need it: ${names.join(', ')}`}`,
    );
  }
}

/** Other people's files beside the published ones with an object of the render: Argo CD would apply one of the two. */
function othersWithSameObject(render: Render, plan: FilePlan, folder: PublishedFolder): Refusal[] {
  const folders = groupBy([...render.files.keys()], folderOf);
  const others = [...folders.keys()].flatMap((place) =>
    folder
      .namesIn(place.replace(/\/$/, ''))
      .filter((name) => /\.(ya?ml|json)$/i.test(name))
      .map((name) => `${place}${name}`)
      .filter((path) => !render.files.has(path) && !folder.record.has(path) && !plan.removals.includes(path)),
  );
  const theirs = objectsIn(new Map(others.map((path) => [path, folder.read(path)?.text ?? ''])));
  return duplicatesIn([...theirs, ...render.objects]).flatMap((same) => {
    const other = same.find(({ file }) => others.includes(file));
    const own = same.find(({ file }) => render.files.has(file));
    return other === undefined || own === undefined
      ? []
      : [
          {
            file: other.file,
            message: `${showObject(other.object)} is in this file, which publish did not write, and in ${own.file} of the render: Argo CD would apply one of the two; remove one`,
          },
        ];
  });
}
