import { type Manifest, nameOf, namespaceOf } from '../../../manifests/manifest';
import { type ChangeOutcome, outcomeOf, placed } from '../objects';
import type { PublishResult } from '../result';
import { countsOf } from './headline';

/** For programs. */
export function formatJson(result: PublishResult): string {
  const { target, done, judged, objects, written, removed, recordChanges, warnings, refusals, diff } = result;
  const ofOutcome = (outcome: ChangeOutcome): object[] =>
    objects
      .filter((change) => outcomeOf(change) === outcome)
      .map((change) => ({
        ...plainObject(placed(change).object),
        file: placed(change).file,
        ...(change.before === undefined || change.before.file === placed(change).file
          ? {}
          : { fileBefore: change.before.file }),
        ...(outcome === 'changed' ? { fields: change.fields } : {}),
      }));
  const summary = {
    target,
    done,
    guardrails: judged ? 'asked' : 'not asked',
    counts: countsOf(result),
    added: ofOutcome('added'),
    changed: ofOutcome('changed'),
    removed: ofOutcome('removed'),
    files: { written, removed, recordChanges },
    warnings: warnings.map(({ object, path, message, effect }) => ({ ...plainObject(object), path, message, effect })),
    refusals,
    ...(diff === undefined ? {} : { diff }),
  };
  return `${JSON.stringify(summary, null, 2)}\n`;
}

function plainObject(object: Manifest): object {
  return { apiVersion: object.apiVersion, kind: object.kind, namespace: namespaceOf(object), name: nameOf(object) };
}
