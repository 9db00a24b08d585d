import { type ApiObject, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { KEEP_ON_DELETION } from '../common/annotations';
import { addObject, namespaceOf } from '../common/api-object';
import { requirePlace } from '../common/cdk8s-kinds';
import { invalid } from '../common/invalid';
import { text } from '../common/kinds';
import { MANAGED_BY } from '../common/labels';
import { optional, type PropTable, requireProps } from '../common/props';

/** Props of `RestrictedNamespace`. */
export interface RestrictedNamespaceProps {
  /**
   * The Kubernetes version whose Pod Security Standards count, for example `v1.30`.
   * @default 'latest' - those of the cluster
   */
  readonly podSecurityVersion?: string;
}

export const RESTRICTED_NAMESPACE_PROPS: PropTable<RestrictedNamespaceProps> = {
  podSecurityVersion: optional(text),
};

/**
 * The namespace of the chart, in which the API server refuses every pod that does not meet the Pod Security Standard
 * `restricted`. For teams that own their namespace; a platform that makes namespaces sets the labels itself.
 *
 * @example
 * new nim.RestrictedNamespace(chart, 'namespace', { podSecurityVersion: 'v1.34' });
 */
export class RestrictedNamespace extends Construct {
  /** The Namespace. */
  public readonly namespace: ApiObject;

  public constructor(scope: Construct, id: string, props: RestrictedNamespaceProps = {}) {
    super(...requirePlace('RestrictedNamespace', scope, id));
    requireProps('RestrictedNamespace', props, RESTRICTED_NAMESPACE_PROPS);
    const version = requireVersion(props.podSecurityVersion ?? 'latest');
    const labels = ['enforce', 'audit', 'warn'].flatMap((mode): [string, string][] => [
      [`pod-security.kubernetes.io/${mode}`, 'restricted'],
      [`pod-security.kubernetes.io/${mode}-version`, version],
    ]);
    this.namespace = addObject(this, 'Default', k8s.KubeNamespace, {
      metadata: {
        name: namespaceOf(this),
        labels: { ...MANAGED_BY, ...Object.fromEntries(labels) },
        annotations: KEEP_ON_DELETION,
      },
    });
    // The chart gives every object its namespace; a Namespace has none.
    this.namespace.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}

function requireVersion(version: string): string {
  if (version !== 'latest' && !/^v1\.[0-9]+$/.test(version)) {
    throw invalid({
      what: 'RestrictedNamespace podSecurityVersion',
      value: version,
      because: 'a version of the standard is "latest" or "v1." and a minor version',
      instead: 'write for example "v1.30"',
    });
  }
  return version;
}
