/** NVIDIA's registry, and the user name that goes with an API key: literally `$oauthtoken`. */
const REGISTRY = 'nvcr.io';
const USERNAME = '$oauthtoken';

/**
 * The template of a `.dockerconfigjson` from one API key, byte-equal to what
 * `kubectl create secret docker-registry --docker-server=nvcr.io --docker-username='$oauthtoken'` makes of the trimmed key:
 * `toJson` escapes like kubectl, and the keys stand in kubectl's order.
 *
 * @param variable the template variable that holds the key; letters, digits and "_".
 */
export function dockerConfigTemplate(variable: string): string {
  const password = `{{ .${variable} | trim | toJson }}`;
  const auth = `{{ printf "${USERNAME}:%s" (.${variable} | trim) | b64enc | toJson }}`;
  return `{"auths":{"${REGISTRY}":{"username":"${USERNAME}","password":${password},"auth":${auth}}}}`;
}
