import { HTTP_ROUTE, INGRESS } from '../ingress/door-kinds';
import { listAt, type Path, textAt } from './fields';
import { doorFieldsOf, ingressPaths } from './front-doors';
import { groupKindOf, type Manifest } from './manifest';

/** A path that a front door serves. */
export interface ServedPath {
  /** Where it is in the object. */
  readonly path: Path;
  readonly type: string | undefined;
  /** As it is written; empty where everything is served. */
  readonly value: string;
}

/** Every path that a front door serves. */
export function servedPaths(door: Manifest): ServedPath[] {
  switch (groupKindOf(door)) {
    case INGRESS:
      return [
        ...listAt(door, 'spec', 'rules').flatMap((rule, index) =>
          listAt(rule, 'http', 'paths').length > 0
            ? []
            : [{ path: ['spec', 'rules', index, 'http', 'paths'], type: undefined, value: '' }],
        ),
        ...ingressPaths(door).map(({ path, fields }) => ({
          path,
          type: textAt(fields, 'pathType'),
          value: textAt(fields, 'path') ?? '',
        })),
      ];
    case HTTP_ROUTE:
      return listAt(door, 'spec', 'rules').flatMap((rule, index) => {
        const matches = listAt(rule, 'matches');
        return (matches.length === 0 ? [undefined] : matches).map((match, place) => ({
          path: ['spec', 'rules', index, 'matches', place, 'path'],
          type: textAt(match, 'path', 'type'),
          value: textAt(match, 'path', 'value') ?? '',
        }));
      });
    default: {
      const fields = doorFieldsOf(door);
      return fields === undefined
        ? []
        : [{ path: fields.path, type: 'Prefix', value: textAt(door, ...fields.path) ?? '' }];
    }
  }
}

/** The path in the loosest form that a controller compares: in lower case, without the slashes at its end. */
export function comparablePath(value: string): string {
  return value.toLowerCase().replace(/\/+$/, '');
}
