/** The parts of an image reference as a container runtime reads them. None of them is checked. */
export interface ImageReference {
  /** Registry and path. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

/** Reads `registry/path:tag@digest`. A colon before a slash belongs to the port of the registry. */
export function imageReference(text: string): ImageReference {
  const [named = '', ...behind] = text.split('@');
  const digest = behind.length === 0 ? undefined : behind.join('@');
  const tagStart = named.lastIndexOf(':');
  return tagStart > named.lastIndexOf('/')
    ? { repository: named.slice(0, tagStart), tag: named.slice(tagStart + 1), digest }
    : { repository: named, tag: undefined, digest };
}
