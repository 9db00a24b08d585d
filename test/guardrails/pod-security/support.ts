import { podSecurityViolations, type PodSecurityLevel } from '../../../lib/guardrails/pod-security/evaluate';
import { showPath } from '../../../lib/manifests/fields';
import { podOf } from '../../../lib/manifests/pods';
import { alone } from '../../support/rules';

/** What a test changes of a Pod. */
export type Given = Readonly<{ spec?: object; container?: object; annotations?: Record<string, string> }>;

/** A Pod that meets both standards, and what the test adds to it. */
export function podWith({ spec, container, annotations = {} }: Given): NonNullable<ReturnType<typeof podOf>> {
  const [object] = alone('v1', 'Pod', {
    metadata: { name: 'alone', namespace: 'embeddings', annotations },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'a',
          image: 'a:1',
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          ...container,
        },
      ],
      ...spec,
    },
  });
  const pod = object && podOf(object);
  if (pod === undefined) {
    throw new Error('a Pod has a pod');
  }
  return pod;
}

/** What a level of the Pod Security Standards has against such a Pod. */
export function against(given: Given, level: PodSecurityLevel = 'baseline', minor = 34): string[] {
  return podSecurityViolations(podWith(given), level, minor).map(
    ({ path, message }) => `${showPath(path)}: ${message}`,
  );
}

/** Fields of the container's security context. */
export const secure = (fields: object): Given => ({ container: { securityContext: fields } });
