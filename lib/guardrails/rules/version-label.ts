import { POD_KINDS } from '../../manifests/pods';
import { imageReference } from '../../common/image-reference';
import { VERSION_LABEL } from '../../common/labels';
import { at, type Path, textAt } from '../../manifests/fields';
import { servingNims } from '../../manifests/nim';
import { type Rule, RuleLevel } from '../rule';

export const versionLabel: Rule = {
  id: 'version-label',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: `The label ${VERSION_LABEL} of a NIM and its pods is the version that the image's tag names.`,
  why: 'Dashboards and people read the label: with another version there, an incident is looked for in the wrong release.',
  fix: `set ${VERSION_LABEL} to the tag of the image, or leave it out`,
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    const tags = pod === undefined ? [] : servingNims(pod).map(({ fields }) => tagOf(textAt(fields, 'image')));
    const [tag, ...others] = new Set(tags);
    if (pod === undefined || tag === undefined || others.length > 0) {
      return [];
    }
    const places: Path[] = [
      ['metadata', 'labels', VERSION_LABEL],
      [...pod.path, 'metadata', 'labels', VERSION_LABEL],
    ];
    return places.flatMap((path) => {
      const label = at(object, ...path);
      return typeof label === 'string' && contradicts(label, tag)
        ? [{ path, message: `the label says ${label}, and the image is ${tag}` }]
        : [];
    });
  },
};

function tagOf(image: string | undefined): string | undefined {
  return image === undefined ? undefined : imageReference(image).tag;
}

/** Whether both name a version, and not the same one: 1.13 is 1.13.0 too. What is no number says nothing. */
function contradicts(label: string, tag: string): boolean {
  const [ofLabel, ofTag] = [label, tag].map((text) => /^v?(\d+(?:\.\d+)*)/.exec(text)?.[1]);
  return (
    ofLabel !== undefined &&
    ofTag !== undefined &&
    !`${ofLabel}.`.startsWith(`${ofTag}.`) &&
    !`${ofTag}.`.startsWith(`${ofLabel}.`)
  );
}
