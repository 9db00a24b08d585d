import { invalid } from './invalid';
import { stableHash } from './stable-hash';

/** The release of an application, for people and dashboards; nothing selects by it. */
export const VERSION_LABEL = 'app.kubernetes.io/version';

/** The label that Kubernetes gives to every namespace: its name. */
export const NAMESPACE_NAME = 'kubernetes.io/metadata.name';

/** What makes the objects of a program, for those who find one in a cluster. */
export const MANAGED_BY = { 'app.kubernetes.io/managed-by': 'cdk8s' };

/** The labels of one running instance, and the ones that select its pods. */
export interface InstanceLabels {
  /** For the metadata of every object. */
  readonly all: Record<string, string>;
  /** For the workload itself: with the version, which would only make noise in the diffs of the other objects. */
  readonly workload: Record<string, string>;
  /** For selectors: stable over upgrades, so never a version. */
  readonly selector: Record<string, string>;
}

const LABEL_VALUE = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$/;
const LABEL_VALUE_LENGTH = 63;
const QUALIFIED_NAME =
  /^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;

/** The recommended labels of Kubernetes, decided once for an instance and handed on. */
export function instanceLabels(instance: {
  readonly application: string;
  readonly instance: string;
  readonly component: string;
  readonly partOf: string;
  readonly version?: string | undefined;
}): InstanceLabels {
  const selector = {
    'app.kubernetes.io/name': instance.application,
    'app.kubernetes.io/instance': instance.instance,
  };
  const version = instance.version;
  const all = {
    ...selector,
    'app.kubernetes.io/component': instance.component,
    'app.kubernetes.io/part-of': instance.partOf,
    ...MANAGED_BY,
  };
  return {
    selector,
    all,
    workload: version !== undefined && isLabelValue(version) ? { ...all, [VERSION_LABEL]: version } : all,
  };
}

/** A text as the value of a label: as it is but for a slash, or else its hash. */
export function toLabelValue(text: string): string {
  const value = text.replace('/', '.');
  return isLabelValue(value) ? value : stableHash(text).toString(16).padStart(8, '0');
}

/** Whether Kubernetes takes the text as the value of a label. */
function isLabelValue(value: string): boolean {
  return LABEL_VALUE.test(value) && value.length <= LABEL_VALUE_LENGTH;
}

/** Refuses the key of a label or an annotation that Kubernetes would not take. */
export function requireQualifiedName(what: string, key: string): string {
  if (!QUALIFIED_NAME.test(key)) {
    throw invalid({
      what,
      value: key,
      because: 'a key is 1 to 63 letters, digits, "-", "_" and ".", with an optional DNS name and "/" before it',
      instead: 'write for example "example.com/team"',
    });
  }
  return key;
}

/** Refuses labels that Kubernetes would not take. */
export function requireLabels(what: string, labels: Record<string, string>): Record<string, string> {
  for (const [key, value] of Object.entries(labels)) {
    requireQualifiedName(`${what} key`, key);
    if (!isLabelValue(value)) {
      throw invalid({
        what: `${what} ${key}`,
        value,
        because: `a value is at most ${LABEL_VALUE_LENGTH} letters, digits, "-", "_" and ".", and begins and ends with a letter or digit`,
        instead: 'write the value as `kubectl get nodes --show-labels` prints it',
      });
    }
  }
  return labels;
}
