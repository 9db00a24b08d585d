import { imageReference } from '../../common/image-reference';
import { type Rule, RuleLevel } from '../rule';
import { at, listAt, type Path, textAt } from '../../manifests/fields';
import { type Pod, POD_KINDS } from '../../manifests/pods';

const DIGEST = /^(sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/;

export const imagePinned: Rule = {
  id: 'image-pinned',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'Every image, of containers and of volumes, has a version tag or a digest.',
  why: 'Without one, or with a tag that names no version (`latest`, `main`, `stable`), the next start of a pod may run another program.',
  fix: 'write the tag that was tested, or better its digest: registry/path:1.2.3@sha256:…',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return (pod === undefined ? [] : imagesOf(pod))
      .filter(({ image }) => !isPinned(image))
      .map(({ image, path }) => ({ path, message: `the image ${JSON.stringify(image)} is not pinned` }));
  },
};

function imagesOf(pod: Pod): { readonly image: string; readonly path: Path }[] {
  return [
    ...pod.containers.map(({ fields, path }) => ({ image: textAt(fields, 'image') ?? '', path: [...path, 'image'] })),
    ...listAt(pod.spec, 'volumes').flatMap((volume, index) =>
      at(volume, 'image') === undefined
        ? []
        : [
            {
              image: textAt(volume, 'image', 'reference') ?? '',
              path: [...pod.specPath, 'volumes', index, 'image', 'reference'],
            },
          ],
    ),
  ];
}

/** A digest counts alone. A tag without a digit is the name of a branch, a channel or a flavour. */
function isPinned(image: string): boolean {
  const { tag = '', digest } = imageReference(image);
  return digest === undefined ? TAG.test(tag) && /[0-9]/.test(tag) && !tag.startsWith('latest') : DIGEST.test(digest);
}
