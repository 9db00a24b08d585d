import type { NimRuntime } from '../../nim/nim-runtime';
import { factsOf } from '../../nim/runtime-facts';
import { type Rule, RuleLevel, type Violation } from '../rule';
import { isNim, runtimeOf } from '../../manifests/nim';
import { type Container, envOf } from '../../manifests/pods';

export const nimGenerationSettings: Rule = {
  id: 'nim-generation-settings',
  level: RuleLevel.ERROR,
  what: 'The settings of a NIM are of the generation that its image tag names (1.x; 2.0 and 2.1; 2.2 and newer).',
  why: 'A NIM ignores a setting that it does not know, without a word: the limit, port or log level is not what the manifest says.',
  fix: 'write the name that this generation documents, or leave the variable out',
  check: (object, manifests) =>
    (manifests.podOf(object)?.containers ?? []).filter(isNim).flatMap((container) => {
      const runtime = runtimeOf(container);
      return runtime === undefined ? [] : foreignSettings(container, runtime);
    }),
};

function foreignSettings(container: Container, runtime: NimRuntime): Violation[] {
  const { foreign } = factsOf(runtime);
  return envOf(container).flatMap(({ name, path }) => {
    const setting = foreign.find(({ pattern }) => pattern.test(name));
    return setting === undefined
      ? []
      : [
          {
            path: [...path, 'name'],
            message: `${name}: ${setting.because}, and the image is of ${runtime.versions}`,
          },
        ];
  });
}
