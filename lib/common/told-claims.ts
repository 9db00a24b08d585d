import { prerequisiteAnnotation } from './annotations';

const ANNOTATION = prerequisiteAnnotation('volumes');
const BEFORE = 'these claims exist before the pods start: ';

/** The note on a workload that says which claims somebody else makes. */
export function noteOfClaims(claims: readonly string[]): Record<string, string> {
  const names = [...new Set(claims)].sort();
  return names.length === 0 ? {} : { [ANNOTATION]: `${BEFORE}${names.join(', ')}` };
}

/** The claims that such a note names. */
export function claimsOfNote(annotations: Readonly<Record<string, string>>): string[] {
  const note = annotations[ANNOTATION];
  return note?.startsWith(BEFORE) === true ? note.slice(BEFORE.length).split(', ') : [];
}
