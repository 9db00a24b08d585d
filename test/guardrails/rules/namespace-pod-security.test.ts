import { expect, it } from 'vitest';
import { namespacePodSecurity } from '../../../lib/guardrails/rules/namespace-pod-security';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, check, nimObjects, testRule } from '../../support/rules';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const FIELD = `Namespace: metadata.labels["${ENFORCE}"]`;

const namespace = (labels?: object, name = 'embeddings'): Manifest => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, ...(labels === undefined ? {} : { labels }) },
});

testRule(namespacePodSecurity, {
  accepts: {
    'the Namespace of a NIM with the label': [...nimObjects(), namespace({ [ENFORCE]: 'restricted' })],
    'another Namespace': [...nimObjects(), namespace({}, 'other')],
    'the Namespace of a program that is no NIM': [
      namespace(),
      ...alone('apps/v1', 'Deployment', {
        spec: { template: { spec: { containers: [{ name: 'a', image: 'registry.example.com/a:1.0.0' }] } } },
      }),
    ],
    'a kind of another group with the same name': [
      ...nimObjects(),
      { ...namespace(), apiVersion: 'eventhub.azure.com/v1' },
    ],
  },
  refuses: {
    'the Namespace of a NIM without labels': [[...nimObjects(), namespace()], FIELD],
    'the Namespace of a NIM with warnings alone': [
      [...nimObjects(), namespace({ 'pod-security.kubernetes.io/warn': 'restricted' })],
      FIELD,
    ],
    'the Namespace of a NIM with a lower standard': [[...nimObjects(), namespace({ [ENFORCE]: 'baseline' })], FIELD],
    'the Namespace of a Pod with a NIM': [
      [
        namespace(),
        ...alone('v1', 'Pod', { spec: { containers: [{ name: 'nim', image: 'nvcr.io/nim/nvidia/a:1' }] } }),
      ],
      FIELD,
    ],
  },
});

it.each([
  ['the standard that is enforced', { [ENFORCE]: 'baseline' }, 'it enforces "baseline" instead of restricted'],
  ['what is enforced without a label', {}, 'it enforces no Pod Security Standard beside the default of the cluster'],
])('names %s', (_, labels, message) => {
  expect(check([...nimObjects(), namespace(labels)]).findings).toContainEqual(
    expect.objectContaining({ rule: 'namespace-pod-security', message }),
  );
});
