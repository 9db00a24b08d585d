import type { IConstruct } from 'constructs';
import { withoutPackages } from './invalid';
import { synthAround } from './synth';

/** Whether the errors of a whole app are being collected: then each check returns its own. */
let collecting = false;

/**
 * Checks at the end of a program what cannot be known before. The first check that finds something collects what all others find, as
 * cdk8s does, and throws it: the error of cdk8s would show a stack of its own lines, and of whatever runs the program.
 */
export function addFinalCheck(scope: IConstruct, check: () => string[]): void {
  scope.node.addValidation({
    validate: () => {
      const synth = synthAround(scope);
      if (synth?.passed.has(check) === true) {
        return [];
      }
      const found = check();
      if (found.length === 0) {
        synth?.passed.add(check);
      }
      if (collecting || found.length === 0) {
        return found;
      }
      collecting = true;
      try {
        throw withoutPackages(new Error(`Validation failed with the following errors:\n  ${all(scope).join('\n  ')}`));
      } finally {
        collecting = false;
      }
    },
  });
}

function all(scope: IConstruct): string[] {
  return scope.node.root.node
    .findAll()
    .flatMap((construct) => construct.node.validate().map((error) => `[${construct.node.path}] ${error}`));
}
