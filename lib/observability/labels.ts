import { inOrder } from '../common/defined';
import { invalid } from '../common/invalid';
import { requireLabels } from '../common/labels';
import { literalSecretIn } from '../common/literal-secrets';
import type { RestrictedService } from '../network/restricted-service';

/** Labels by which something selects objects; refuses those that the objects have already, and credentials. */
export function selectedLabels(
  what: string,
  labels: Record<string, string> = {},
  service: RestrictedService,
): Record<string, string> {
  for (const [key, value] of Object.entries(requireLabels(what, labels))) {
    if (key in service.labels) {
      throw invalid({
        what: `${what} key`,
        value: key,
        because: 'the construct sets it on every object of the service',
        instead:
          "leave it out, or write the label that is selected by, for example { release: 'kube-prometheus-stack' }",
      });
    }
    const secret = literalSecretIn(key) ?? literalSecretIn(value);
    if (secret !== undefined) {
      throw invalid({
        what,
        value: '(hidden)',
        because: `it holds ${secret}, and manifests are stored in Git`,
        instead: 'write labels that everybody may read',
      });
    }
  }
  return inOrder(labels);
}
