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
  const passOrThrow = (): void => {
    if (check().length > 0) {
      throw everythingFound(scope);
    }
  };
  scope.node.addValidation({
    validate: () => {
      if (collecting) {
        return check();
      }
      const synth = synthAround(scope);
      if (synth === undefined) {
        passOrThrow();
      } else {
        synth.putOff(passOrThrow);
      }
      return [];
    },
  });
}

function everythingFound(scope: IConstruct): Error {
  collecting = true;
  try {
    const found = scope.node.root.node
      .findAll()
      .flatMap((construct) => construct.node.validate().map((error) => `[${construct.node.path}] ${error}`));
    return withoutPackages(new Error(`Validation failed with the following errors:\n  ${found.join('\n  ')}`));
  } finally {
    collecting = false;
  }
}
