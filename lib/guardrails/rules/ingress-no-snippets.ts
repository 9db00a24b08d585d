import { type Rule, RuleLevel } from '../rule';
import { COMMUNITY, F5, HAPROXYTECH, reads } from '../../manifests/controllers';
import { isFrontDoor } from '../../manifests/front-doors';
import { annotationsOf, type Manifest } from '../../manifests/manifest';

/** The annotations whose text a controller copies into its configuration. */
const SNIPPETS: readonly { readonly controller: string; readonly annotation: RegExp }[] = [
  { controller: COMMUNITY, annotation: /^nginx\.ingress\.kubernetes\.io\/.+-snippet$/ },
  { controller: F5, annotation: /^nginx\.org\/.+-snippets$/ },
  { controller: HAPROXYTECH, annotation: /^haproxy\.org\/.+-snippet$/ },
];

export const ingressNoSnippets: Rule = {
  id: 'ingress-no-snippets',
  level: RuleLevel.WARNING,
  what: 'An Ingress has no configuration of its controller as text.',
  why: 'These rules cannot read it, and it can switch off every login, limit and path that they have found.',
  fix: 'use the annotations of the controller, or read the text and acknowledge it with what it does',
  check: (object, manifests) =>
    isFrontDoor(object, manifests)
      ? Object.entries(annotationsOf(object))
          .filter(([name, text]) => text.trim() !== '' && isSnippet(name, object))
          .map(([name]) => ({
            path: ['metadata', 'annotations', name],
            message: 'the controller copies this text into its configuration',
          }))
      : [],
};

function isSnippet(name: string, ingress: Manifest): boolean {
  return SNIPPETS.some(({ controller, annotation }) => annotation.test(name) && reads(controller, ingress));
}
