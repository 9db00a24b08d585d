/**
 * The templates that an operator evaluates with the functions of Go and sprig. An entry of the store that is empty makes a template
 * fail: the operator reports it and the Secret keeps its last good value, instead of getting an empty one.
 *
 * `value` is what a template writes for the value that is read: `.NGC_API_KEY`, `(get .Secrets "api-key")`.
 */

/** The registry that a pull secret made from a key logs in to. */
export const NGC_REGISTRY = 'nvcr.io';
/** The user name that goes with an API key: literally `$oauthtoken`. */
const USERNAME = '$oauthtoken';

/** The API key without the space around it. */
export function apiKeyTemplate(value: string): string {
  return `${failWhenEmpty(value, 'the NGC API key')}{{ ${value} | trim }}`;
}

/**
 * A `.dockerconfigjson` from one API key, byte-equal to what
 * `kubectl create secret docker-registry --docker-server=nvcr.io --docker-username='$oauthtoken'` makes of the trimmed key:
 * `toJson` escapes like kubectl, and the keys stand in kubectl's order.
 */
export function dockerConfigTemplate(value: string): string {
  const password = `{{ ${value} | trim | toJson }}`;
  const auth = `{{ printf "${USERNAME}:%s" (${value} | trim) | b64enc | toJson }}`;
  return `${failWhenEmpty(value, 'the NGC API key')}{"auths":{"${NGC_REGISTRY}":{"username":"${USERNAME}","password":${password},"auth":${auth}}}}`;
}

/** A ready-made `.dockerconfigjson`, unchanged. */
export function readyDockerConfigTemplate(value: string): string {
  const auths = `{{ $auths := get (fromJson ${value} | default dict) "auths" }}`;
  const check = `{{ if not (and (kindIs "map" $auths) $auths) }}{{ fail "the docker configuration has no auths" }}{{ end }}`;
  return `${auths}${check}{{ ${value} }}`;
}

/** Some providers give JSON's null as text. */
export function failWhenEmpty(value: string, what: string): string {
  return `{{ if has (trim ${value}) (list "" "null") }}{{ fail "${what} is empty" }}{{ end }}`;
}

/** A value as a user or a password of a URL. `urlquery` alone would write a blank as "+", which means a plus there. */
export function percentEncoded(value: string): string {
  return `{{ ${value} | urlquery | replace "+" "%20" }}`;
}
