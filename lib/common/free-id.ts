import type { IConstruct } from 'constructs';

/** The id, with a number after it where the scope already has a child of that id: for helpers that may be made more than once. */
export function freeId(scope: IConstruct, id: string): string {
  let free = id;
  for (let number = 2; scope.node.tryFindChild(free) !== undefined; number++) {
    free = `${id}${number}`;
  }
  return free;
}
