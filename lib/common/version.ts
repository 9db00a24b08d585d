/** What a text begins with that is a version: `1.13.0`, `2.3`, `1.10.1-variant`. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

const VERSION = /^v?(\d+)\.(\d+)(?:\.(\d+))?(?:[-+._].*)?$/;

/** The version that a text is, for example the tag of an image; `undefined` when it is none. */
export function versionOf(text: string): Version | undefined {
  const [, major, minor, patch] = VERSION.exec(text) ?? [];
  return major === undefined || minor === undefined
    ? undefined
    : { major: Number(major), minor: Number(minor), patch: Number(patch ?? '0') };
}

/** Whether a version is known to be below another one. */
export function isOlder(text: string, than: string): boolean {
  const version = versionOf(text);
  const other = versionOf(than);
  if (version === undefined || other === undefined) {
    return false;
  }
  return (version.major - other.major || version.minor - other.minor || version.patch - other.patch) < 0;
}
