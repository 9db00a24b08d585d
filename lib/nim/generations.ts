import { invalid } from '../common/invalid';
import { alternatives } from '../common/kinds';
import { isOlder, versionOf } from '../common/version';
import type { ContainerImage } from './container-image';
import { EMBEDDING_GENERATIONS } from './embedding-facts';
import { NimFamily } from './nim-family';
import type { NimRuntime } from './nim-runtime';
import type { RuntimeFacts } from './runtime-facts';

/** The version from which on the images of a family are of a generation; without facts where the generation is not known. */
export interface Since {
  readonly since: string;
  readonly facts?: RuntimeFacts;
  /** Why it is not known, and the way out. */
  readonly unclear?: string;
  readonly instead?: string;
}

/** The versions of every family, the newest first. The version at which settings were renamed differs by family. */
const VERSIONS = new Map<NimFamily, readonly Since[]>([[NimFamily.EMBEDDING, EMBEDDING_GENERATIONS]]);

/** The families whose facts are known. */
export const NIM_FAMILIES: readonly NimFamily[] = [...VERSIONS.keys()];

/** The facts of every generation of a family. */
export function generationsOf(family: NimFamily): RuntimeFacts[] {
  return (VERSIONS.get(family) ?? []).flatMap(({ facts }) => (facts === undefined ? [] : [facts]));
}

/** What is known of the images of a family with a tag; `undefined` when the tag does not tell. */
export function factsOfTag(family: NimFamily, tag: string): RuntimeFacts | undefined {
  return versionsOfTag(family, tag)?.facts;
}

/**
 * What is known of an image, by the generation that its tag tells or the caller names.
 *
 * Refused: an image whose tag does not tell when no generation is named, and a named generation that contradicts the tag.
 */
export function factsOfImage(family: NimFamily, image: ContainerImage, named?: NimRuntime): RuntimeFacts {
  const versions = image.tag === undefined ? undefined : versionsOfTag(family, image.tag);
  const told = versions?.facts;
  const wanted = generationsOf(family).find(({ runtime }) => runtime === named);
  if (told === undefined) {
    if (wanted !== undefined) {
      return wanted;
    }
    const names = generationsOf(family).map(({ runtime }) => `NimRuntime.${runtime.name}`);
    throw invalid({
      what: 'image',
      value: image.reference,
      because: versions?.unclear ?? `no version of a known NIM generation (${majorsOf(family)}) can be read from it`,
      instead: versions?.instead ?? `name the generation: runtime: ${alternatives(names.reverse())}`,
    });
  }
  if (named !== undefined && told.runtime !== named) {
    throw invalid({
      what: 'runtime',
      value: named.name,
      because: `the image ${image.reference} is of the generation ${told.runtime.name} (${told.versions})`,
      instead: 'leave out runtime, or use an image of that generation',
    });
  }
  return told;
}

/** The major versions of which a generation is known, for a reader: `1.x, 2.x`. */
function majorsOf(family: NimFamily): string {
  const known = (VERSIONS.get(family) ?? []).filter(({ facts }) => facts !== undefined);
  return [...new Set(known.map(({ since }) => since.replace(/\..*/, '.x')))].reverse().join(', ');
}

function versionsOfTag(family: NimFamily, tag: string): Since | undefined {
  return versionOf(tag) === undefined ? undefined : VERSIONS.get(family)?.find(({ since }) => !isOlder(tag, since));
}
