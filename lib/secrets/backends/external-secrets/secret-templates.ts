/**
 * The templates that the External Secrets Operator evaluates. An entry of the store that is empty makes a template fail: the
 * ExternalSecret reports it and the Secret keeps its last good value, instead of getting an empty one.
 */

/** The variable that holds the NGC API key in our templates. */
export const API_KEY_VARIABLE = 'NGC_API_KEY';

/** The registry that a pull secret made from a key logs in to. */
export const NGC_REGISTRY = 'nvcr.io';
/** The user name that goes with an API key: literally `$oauthtoken`. */
const USERNAME = '$oauthtoken';

/**
 * The API key without the space around it.
 *
 * @param variable the template variable that holds the key; letters, digits and "_".
 */
export function apiKeyTemplate(variable: string): string {
  return `${failWithoutKey(variable)}{{ .${variable} | trim }}`;
}

/**
 * A `.dockerconfigjson` from one API key, byte-equal to what
 * `kubectl create secret docker-registry --docker-server=nvcr.io --docker-username='$oauthtoken'` makes of the trimmed key:
 * `toJson` escapes like kubectl, and the keys stand in kubectl's order.
 */
export function dockerConfigTemplate(variable: string): string {
  const password = `{{ .${variable} | trim | toJson }}`;
  const auth = `{{ printf "${USERNAME}:%s" (.${variable} | trim) | b64enc | toJson }}`;
  return `${failWithoutKey(variable)}{"auths":{"${NGC_REGISTRY}":{"username":"${USERNAME}","password":${password},"auth":${auth}}}}`;
}

/** A ready-made `.dockerconfigjson`, unchanged. */
export function readyDockerConfigTemplate(variable: string): string {
  const auths = `{{ $auths := get (fromJson .${variable} | default dict) "auths" }}`;
  const check = `{{ if not (and (kindIs "map" $auths) $auths) }}{{ fail "the docker configuration has no auths" }}{{ end }}`;
  return `${auths}${check}{{ .${variable} }}`;
}

/** Some providers give JSON's null as text. */
function failWithoutKey(variable: string): string {
  return `{{ if has (trim .${variable}) (list "" "null") }}{{ fail "the NGC API key is empty" }}{{ end }}`;
}
