import { invalid } from '../common/invalid';
import type { NimDeploymentProps } from './nim-deployment-props';
import type { PodPart } from './pod-part';
import type { RuntimeFacts } from './runtime-facts';

const VOLUME = 'ca-bundle';
const PATH = '/etc/ca-bundle';
const FILE = 'ca-bundle.crt';

/** The authorities that a download trusts. No program has to add them to those of the image, so it needs neither root nor a shell. */
export function caBundlePart(
  { caBundle: variables, behindProxy, versions }: RuntimeFacts,
  { caBundle, credentials, httpsProxy }: Pick<NimDeploymentProps, 'caBundle' | 'credentials' | 'httpsProxy'>,
): PodPart {
  const from = 'NimDeployment caBundle';
  if (caBundle === undefined) {
    return { from };
  }
  const { configMapName: name, key } = caBundle;
  if (credentials.airGapped) {
    throw invalid({
      what: from,
      value: name,
      because: 'with air-gapped credentials nothing is downloaded',
      instead: 'leave it out, or give credentials with an NGC API key',
    });
  }
  if (variables === undefined) {
    throw invalid({
      what: from,
      value: name,
      because: `images ${versions} document no variable that names certificates for their download`,
      instead: 'mount the ConfigMap with volumes, and set in env what you have tried; or use an image 1.x',
    });
  }
  return {
    from,
    volumes: [{ name: VOLUME, configMap: { name, items: [{ key, path: FILE }] } }],
    mounts: [{ name: VOLUME, mountPath: PATH, readOnly: true }],
    // A proxy between may be one that nobody has to name; where it is named, its part sets what belongs to it.
    env: { ...(httpsProxy === undefined ? behindProxy : {}), ...variables(`${PATH}/${FILE}`) },
  };
}
