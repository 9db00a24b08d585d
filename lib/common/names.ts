import { invalid } from './invalid';
import { literalSecretIn } from './literal-secrets';

/** RFC 1035 label: what Kubernetes asks of a Service name, and so of everything we name after it. */
const RFC1035_LABEL = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
/** RFC 1123 label: a namespace name. */
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const DNS_SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const ENV_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const KEY = /^[-._a-zA-Z0-9]{1,253}$/;

const HEADER_NAME = /^[A-Za-z0-9][A-Za-z0-9-]*$/;

/** The longest label of a DNS name, and the longest name of what becomes one. */
export const LABEL_LENGTH = 63;
const SUBDOMAIN_LENGTH = 253;

/** Refuses a name that a Service could not carry (RFC 1035 label, at most 63 characters). */
export function requireServiceName(what: string, value: string): string {
  if (!RFC1035_LABEL.test(value) || value.length > LABEL_LENGTH) {
    throw invalid({
      what,
      value,
      because: `a name is 1 to ${LABEL_LENGTH} lower-case letters, digits and "-", begins with a letter and ends with a letter or digit`,
      instead: `shorten or rename it, for example "text-embedding"`,
    });
  }
  return value;
}

/** Refuses a namespace name that is no DNS-1123 label. */
export function requireNamespaceName(what: string, value: string): string {
  if (!DNS_LABEL.test(value) || value.length > LABEL_LENGTH) {
    throw invalid({
      what,
      value,
      because: `a namespace name is 1 to ${LABEL_LENGTH} lower-case letters, digits and "-"`,
      instead: 'write the name of the namespace as `kubectl get namespaces` prints it',
    });
  }
  return value;
}

/** Refuses an object name that is no DNS-1123 subdomain (Secrets, claims, issuers, classes). */
export function requireObjectName(what: string, value: string): string {
  if (!isDnsName(value)) {
    throw invalid({
      what,
      value,
      because: `an object name is 1 to ${SUBDOMAIN_LENGTH} lower-case letters, digits, "-" and "."`,
      instead: 'write the name of the object as `kubectl get` prints it',
    });
  }
  return value;
}

/** Whether a text is a name of DNS in lower case, of one label or more. */
export function isDnsName(value: string): boolean {
  return DNS_SUBDOMAIN.test(value) && value.length <= SUBDOMAIN_LENGTH;
}

/** Refuses a host that is no fully qualified DNS name: wildcards, addresses, URLs, single labels. */
export function requireHost(what: string, value: string): string {
  if (value.includes('*')) {
    throw invalid({
      what,
      value,
      because: 'a wildcard would also serve hosts that nobody listed',
      instead: 'write one full DNS name, and one ingress per host',
    });
  }
  const isHost = isDnsName(value) && value.includes('.');
  const labelsFit = value.split('.').every((label) => label.length <= LABEL_LENGTH);
  if (!isHost || !labelsFit || /^[0-9.]+$/.test(value)) {
    throw invalid({
      what,
      value,
      because:
        'a host is a full DNS name in lower case, without scheme, port or path: two or more labels of letters, digits and "-", joined by single dots',
      instead: 'write for example "embeddings.example.com"',
    });
  }
  return value;
}

/** Refuses a name that no container environment variable can have. */
export function requireEnvName(what: string, value: string): string {
  if (!ENV_NAME.test(value)) {
    throw invalid({
      what,
      value,
      because: 'an environment variable name holds letters, digits and "_" and does not begin with a digit',
      instead: 'rename it',
    });
  }
  return value;
}

/** Refuses a name that no key of a Secret can have. */
export function requireSecretKey(what: string, value: string): string {
  return requireKey('Secret', what, value);
}

/** Refuses a name that no key of a ConfigMap can have. */
export function requireConfigMapKey(what: string, value: string): string {
  return requireKey('ConfigMap', what, value);
}

function requireKey(kind: string, what: string, value: string): string {
  if (!KEY.test(value)) {
    throw invalid({
      what,
      value,
      because: `a key of a ${kind} is 1 to 253 letters, digits, "-", "_" and "."`,
      instead: `write the key as \`kubectl describe ${kind.toLowerCase()}\` prints it`,
    });
  }
  return value;
}

/** Whether a name can be that of an HTTP header, and every controller takes it. */
export function isHeaderName(value: string): boolean {
  return HEADER_NAME.test(value);
}

/** Refuses a name that no HTTP header can have. */
export function requireHeaderName(what: string, value: string): string {
  if (!isHeaderName(value)) {
    throw invalid({
      what,
      value,
      because: 'a header name is letters, digits and "-"',
      instead: 'write for example "X-Api-Key"',
    });
  }
  return value;
}

/** Refuses a path that does not lead down from where it starts. */
export function requireRelativePath(what: string, value: string): string {
  if (!value.split('/').every((part) => /^[\w.-]+$/.test(part) && part !== '.' && part !== '..')) {
    throw invalid({
      what,
      value,
      because: 'a path in a volume is names of letters, digits, "_", "." and "-", joined by "/", and leads nowhere up',
      instead: 'write for example "models/text-embedding", without "/" at its beginning and end',
    });
  }
  return value;
}

/** Refuses a reason without content, and one that holds a credential: it is written into a manifest. */
export function requireReason(what: string, value: string, instead: string): string {
  const secret = literalSecretIn(value);
  if (secret !== undefined) {
    throw invalid({ what, value: '(hidden)', because: `it holds ${secret}, and manifests are stored in Git`, instead });
  }
  return requireText(what, value, instead);
}

/** Refuses text without content, such as an empty reason. */
export function requireText(what: string, value: string, instead: string): string {
  if (value.trim() === '') {
    throw invalid({ what, value, because: 'it is empty', instead });
  }
  return value.trim();
}
