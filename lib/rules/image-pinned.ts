import { type Rule, RuleLevel } from './rule';
import { textAt } from './support/fields';

const DIGEST = /@(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
/** After the last colon, without a slash: a colon before one belongs to the port of the registry. After an `@` is no tag. */
const TAG = /^[^@]*:([A-Za-z0-9_][A-Za-z0-9_.-]*)$/;

export const imagePinned: Rule = {
  id: 'image-pinned',
  level: RuleLevel.ERROR,
  what: 'Every image has a version tag or a digest.',
  why: 'Without one, or with the tag `latest`, the next start of a pod may run another program.',
  fix: 'write the tag that was tested, or better its digest: registry/path:1.2.3@sha256:…',
  check: (object, manifests) =>
    (manifests.podOf(object)?.containers ?? []).flatMap(({ fields, path }) => {
      const image = textAt(fields, 'image') ?? '';
      const tag = TAG.exec(image)?.[1];
      return DIGEST.test(image) || (tag !== undefined && tag !== 'latest')
        ? []
        : [{ path: [...path, 'image'], message: `the image ${JSON.stringify(image)} is not pinned` }];
    }),
};
