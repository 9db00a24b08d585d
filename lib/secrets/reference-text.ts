import { invalid } from '../common/invalid';
import { literalSecretIn } from '../common/literal-secrets';
import { requireText } from '../common/names';

/** Refuses an empty part of a reference, and a value where a reference belongs. */
export function requireReferenceText(what: string, text: string): string {
  requireText(what, text, 'write the name that the secret manager shows');
  const secret = literalSecretIn(text);
  if (secret !== undefined) {
    throw invalid({
      what,
      value: '(hidden)',
      because: `it holds ${secret}, not a reference to one`,
      instead: 'store the value in your secret manager and write its path here',
    });
  }
  return text;
}
