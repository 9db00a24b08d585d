import { App, Chart } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { RestrictedNamespace, type RestrictedNamespaceProps } from 'cdk8s-nim';
import { render, testChart } from '../support/manifests';
import { expectRefusal } from '../support/refusals';

function namespaceWith(props: RestrictedNamespaceProps = {}): unknown {
  const chart = testChart();
  new RestrictedNamespace(chart, 'namespace', props);
  return render(chart)[0];
}

describe('a RestrictedNamespace', () => {
  it.each([
    [{}, 'latest'],
    [{ podSecurityVersion: 'latest' }, 'latest'],
    [{ podSecurityVersion: 'v1.30' }, 'v1.30'],
  ])('is the namespace of the chart, with the standard enforced: %j', (props, version) => {
    expect(namespaceWith(props)).toEqual({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: {
        name: 'embeddings',
        labels: {
          'app.kubernetes.io/managed-by': 'cdk8s',
          'pod-security.kubernetes.io/enforce': 'restricted',
          'pod-security.kubernetes.io/enforce-version': version,
          'pod-security.kubernetes.io/audit': 'restricted',
          'pod-security.kubernetes.io/audit-version': version,
          'pod-security.kubernetes.io/warn': 'restricted',
          'pod-security.kubernetes.io/warn-version': version,
        },
        annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
      },
    });
  });

  it.each(['', '1.30', 'v1', 'v1.30.2', 'newest'])('is refused for the version %j', (podSecurityVersion) => {
    expectRefusal(() => namespaceWith({ podSecurityVersion }), {
      what: 'RestrictedNamespace podSecurityVersion',
      value: JSON.stringify(podSecurityVersion),
      because: 'a version of the standard is "latest" or "v1." and a minor version',
      instead: 'write for example "v1.30"',
    });
  });

  it('is refused in a chart without namespace', () => {
    expect(() => new RestrictedNamespace(new Chart(new App(), 'bare'), 'namespace')).toThrow(
      'namespace of chart "bare": nothing is given',
    );
  });
});
