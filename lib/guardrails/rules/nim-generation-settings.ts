import type { RuntimeFacts } from '../../nim/runtime-facts';
import { type Rule, RuleLevel, type Violation } from '../rule';
import { textAt } from '../../manifests/fields';
import { apiPortOf, factsOfContainer, isNim } from '../../manifests/nim';
import { type Container, envOf, POD_KINDS } from '../../manifests/pods';

export const nimGenerationSettings: Rule = {
  id: 'nim-generation-settings',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'The settings of an embedding NIM are of the generation that its image tag names; a port that another generation reads is the one of the API.',
  why: 'A NIM ignores a setting that it does not know, without a word: the limit, port or log level is not what the manifest says. Images 2.2 and newer do not start at all with names that were retired.',
  fix: 'write the name that this generation documents, or leave the variable out',
  check: (object, manifests) =>
    (manifests.podOf(object)?.containers ?? []).filter(isNim).flatMap((container) => {
      const facts = factsOfContainer(container);
      return facts === undefined ? [] : foreignSettings(container, facts);
    }),
};

function foreignSettings(container: Container, { foreign, versions }: RuntimeFacts): Violation[] {
  return envOf(container).flatMap(({ name, fields, path }) => {
    const setting = foreign.find(({ pattern }) => pattern.test(name));
    const isHarmless = setting?.namesApiPort === true && textAt(fields, 'value') === `${apiPortOf(container)}`;
    return setting === undefined || isHarmless
      ? []
      : [
          {
            path: [...path, 'name'],
            message: `${name}: ${setting.because}, and the image is of ${versions}`,
          },
        ];
  });
}
