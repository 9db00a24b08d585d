import { invalid } from '../common/invalid';
import type { InternalTls } from '../network/internal-tls';
import type { PodPart } from './pod-part';
import type { RuntimeFacts } from './runtime-facts';

const VOLUME = 'internal-tls';
const PATH = '/etc/internal-tls';

/** The certificate that the API shows, and its key. Refused: a generation whose settings for it are not known. */
export function internalTlsPart({ tls: variables, versions }: RuntimeFacts, tls: InternalTls | undefined): PodPart {
  const from = 'NimDeployment internalTls';
  if (tls === undefined) {
    return { from };
  }
  const secretName = tls._secretName;
  if (variables === undefined) {
    throw invalid({
      what: from,
      value: secretName,
      because: `NVIDIA does not publish which variables images ${versions} read a certificate from`,
      instead: 'use an image 1.x or 2.0, or leave it out and let a service mesh encrypt',
    });
  }
  const files = { certificate: `${PATH}/tls.crt`, key: `${PATH}/tls.key` };
  const items = ['tls.crt', 'tls.key'].map((key) => ({ key, path: key }));
  return {
    from,
    volumes: [{ name: VOLUME, secret: { secretName, items } }],
    mounts: [{ name: VOLUME, mountPath: PATH, readOnly: true }],
    env: variables(files),
  };
}
