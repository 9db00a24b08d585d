import type { IConstruct } from 'constructs';

/** The id, or with a number behind it where the scope has a child of that id: for helpers that may be made more than once. */
export function freeId(scope: IConstruct, id: string): string {
  let free = id;
  for (let number = 2; scope.node.tryFindChild(free) !== undefined; number++) {
    free = `${id}${number}`;
  }
  return free;
}
