/** The version that an image tag begins with: `1.13.0`, `2.3`, `1.10.1-variant`. */
export interface TagVersion {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

const VERSION = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:[-+._].*)?$/;

/** The version in a tag, or `undefined` when the tag is no version. */
export function versionOfTag(tag: string): TagVersion | undefined {
  const [, major, minor, patch] = VERSION.exec(tag) ?? [];
  return major === undefined || minor === undefined
    ? undefined
    : { major: Number(major), minor: Number(minor), patch: Number(patch ?? '0') };
}

/** Whether a version is the other one or newer. */
export function isAtLeast(version: TagVersion, other: TagVersion): boolean {
  const difference = version.major - other.major || version.minor - other.minor || version.patch - other.patch;
  return difference >= 0;
}
