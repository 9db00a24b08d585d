import { nameOf, namespaceOf } from '../manifests/manifest';
import type { CheckResult } from './result';

/** For programs. */
export function formatJson({ notChecked, ...result }: CheckResult): string {
  const objects = notChecked.map(({ apiVersion, object, file }) => ({
    apiVersion,
    kind: object.kind,
    namespace: namespaceOf(object),
    name: nameOf(object),
    file,
  }));
  return `${JSON.stringify({ ...result, notChecked: objects }, null, 2)}\n`;
}
