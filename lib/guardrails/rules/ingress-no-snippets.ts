import type { ControllerLanguage } from '../../ingress/controller-language';
import { possibleReaders } from '../../manifests/controllers';
import { DOOR_KINDS, isFrontDoor } from '../../manifests/front-doors';
import { annotationsOf } from '../../manifests/manifest';
import { type Rule, RuleLevel } from '../rule';

export const ingressNoSnippets: Rule = {
  id: 'ingress-no-snippets',
  level: RuleLevel.WARNING,
  kinds: DOOR_KINDS,
  what: 'An Ingress has no configuration of its controller as text.',
  why: 'These rules cannot read it, and it can switch off every login, limit and path that they have found.',
  fix: 'use the annotations of the controller, or read the text and acknowledge it with what it does',
  check: (object, manifests) => {
    const readers = isFrontDoor(object, manifests) ? possibleReaders(object, manifests) : [];
    return Object.entries(annotationsOf(object))
      .filter(([name, text]) => text.trim() !== '' && readers.some((language) => isSnippet(language, name)))
      .map(([name]) => ({
        path: ['metadata', 'annotations', name],
        message: 'the controller copies this text into its configuration',
      }));
  },
};

function isSnippet({ prefix, snippetSuffix }: ControllerLanguage, name: string): boolean {
  return (
    prefix !== undefined &&
    snippetSuffix !== undefined &&
    name.startsWith(prefix) &&
    name.endsWith(snippetSuffix) &&
    name.length > prefix.length + snippetSuffix.length
  );
}
