import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PublishedFolder } from '../../../lib/cli/publish/folder';
import { type FilePlan, planFiles } from '../../../lib/cli/publish/plan';
import { ABSENT, hashOf, RECORD_FILE, showRecord } from '../../../lib/cli/publish/record';
import { writeFiles } from '../../support/files';
import { withDirectory } from '../../support/programs';

type Texts = Readonly<Record<string, string>>;

interface Situation {
  readonly rendered?: Texts;
  readonly present?: Texts;
  /** The states that the record has of files, as the texts that they had; `null` for none. */
  readonly recorded?: Readonly<Record<string, readonly (string | null)[]>>;
  readonly forced?: readonly string[];
  readonly prepare?: (folder: string) => void;
}

const stateOf = (text: string | null): string => (text === null ? ABSENT : hashOf(text));

/** Texts with the same letters count as the same objects. */
const sameObjects = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase();

function planOf({ rendered = {}, present = {}, recorded = {}, forced = [], prepare }: Situation): FilePlan {
  return withDirectory((folder) => {
    const record = new Map(Object.entries(recorded).map(([path, states]) => [path, new Set(states.map(stateOf))]));
    writeFiles(folder, { ...present, [RECORD_FILE]: showRecord(record) });
    prepare?.(folder);
    return planFiles(new Map(Object.entries(rendered)), new PublishedFolder(folder), new Set(forced), sameObjects);
  });
}

/** What is done with `a.yaml`, and what is known of it then. */
function done(situation: Situation): unknown {
  const { writes, removals, record, obstacles } = planOf(situation);
  const [obstacle] = obstacles;
  const deed = writes.has('a.yaml') ? 'write' : removals.includes('a.yaml') ? 'remove' : 'leave';
  return [obstacle === undefined ? deed : obstacle.message, [...(record.get('a.yaml') ?? [])]];
}

const wanted = { 'a.yaml': 'new' };
const old = { 'a.yaml': 'old' };

describe('the plan for a file', () => {
  it.each<[string, Situation, string, string[]]>([
    ['that is new', { rendered: wanted }, 'write', ['new']],
    ['that is ours', { rendered: wanted, present: old, recorded: { 'a.yaml': ['old'] } }, 'write', ['new']],
    [
      'that a killed run left in one of two states',
      { rendered: wanted, present: old, recorded: { 'a.yaml': ['x', 'old'] } },
      'write',
      ['new'],
    ],
    ['that a killed run had removed', { rendered: wanted, recorded: { 'a.yaml': ['old', null] } }, 'write', ['new']],
    ['that is the render already', { rendered: wanted, present: wanted }, 'leave', ['new']],
    [
      'with the same objects, which is ours',
      { rendered: wanted, present: { 'a.yaml': 'NEW' }, recorded: { 'a.yaml': ['NEW'] } },
      'leave',
      ['NEW'],
    ],
    [
      'with the same objects, which a killed run left in one of two states',
      { rendered: wanted, present: { 'a.yaml': 'NEW' }, recorded: { 'a.yaml': ['x', 'NEW'] } },
      'leave',
      ['NEW'],
    ],
    ["with the same objects, which stays its owner's", { rendered: wanted, present: { 'a.yaml': 'NEW' } }, 'leave', []],
    ['that is no longer rendered', { present: old, recorded: { 'a.yaml': ['old'] } }, 'remove', []],
    ['that is gone already', { recorded: { 'a.yaml': ['old'] } }, 'leave', []],
    [
      'with the line ends of Windows',
      { rendered: wanted, present: { 'a.yaml': 'o\r\nld' }, recorded: { 'a.yaml': ['o\nld'] } },
      'write',
      ['new'],
    ],
    ['of somebody else', { rendered: wanted, present: old }, 'it is there and was not published by this command', []],
    [
      'that a person changed',
      { rendered: wanted, present: { 'a.yaml': 'x' }, recorded: { 'a.yaml': ['old'] } },
      'somebody has changed it since it was published',
      [],
    ],
    [
      'that a person changed, and that is no longer rendered',
      { present: { 'a.yaml': 'x' }, recorded: { 'a.yaml': ['old'] } },
      'somebody has changed it since it was published',
      [],
    ],
    [
      'that a person removed',
      { rendered: wanted, recorded: { 'a.yaml': ['old'] } },
      'somebody has removed it since it was published',
      [],
    ],
    ['of somebody else, by force', { rendered: wanted, present: old, forced: ['a.yaml'] }, 'write', ['new']],
    [
      'that a person changed, by force',
      { present: { 'a.yaml': 'x' }, recorded: { 'a.yaml': ['old'] }, forced: ['a.yaml'] },
      'remove',
      [],
    ],
  ])('%s', (_, situation, deed, known) => {
    expect(done(situation)).toEqual([deed, known.map(hashOf)]);
  });

  it('that is read-only stays, whatever is forced', () => {
    const prepare = (folder: string): void => {
      chmodSync(join(folder, 'a.yaml'), 0o444);
    };
    const { obstacles } = planOf({ rendered: wanted, present: old, forced: ['a.yaml'], prepare });
    expect(obstacles).toEqual([
      { path: 'a.yaml', message: 'it is read-only: make it writable first (chmod u+w)', canBeForced: false },
    ]);
  });

  it('says what was there, of every file that is ours or would be', () => {
    const present = { ...old, 'gone.yaml': 'gone', 'other.yaml': 'other' };
    expect(planOf({ rendered: wanted, present, recorded: { 'gone.yaml': ['gone'] } }).before).toEqual(
      new Map([
        ['a.yaml', 'old'],
        ['gone.yaml', 'gone'],
      ]),
    );
  });
});
