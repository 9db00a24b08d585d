import { invalid } from '../../../common/invalid';
import { isOlder } from '../../../common/version';

/** The first version of the External Secrets Operator that serves `external-secrets.io/v1`. */
const FIRST_WITH_V1 = '0.16';

/**
 * Whether a version of the External Secrets Operator adds `nullBytePolicy` to references, as 2.3 to 2.6 do. Older
 * versions do not know the field, and newer ones leave it out again.
 */
export function defaultsNullBytePolicy(what: string, version: string | undefined): boolean {
  if (version === undefined) {
    return false;
  }
  if (!/^\d+\.\d+(\.\d+)?$/.test(version) || isOlder(version, FIRST_WITH_V1)) {
    throw invalid({
      what,
      value: version,
      because: 'it is 0.16 or newer, written as "major.minor" or "major.minor.patch"',
      instead: 'write the version of the External Secrets Operator that runs in the cluster, for example "2.9"',
    });
  }
  return !isOlder(version, '2.3') && isOlder(version, '2.7');
}
