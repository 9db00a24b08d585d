import type { Finding } from '../guardrails/finding';
import { type Path, showPath } from '../manifests/fields';
import { groupBy } from '../manifests/grouping';
import { isContainerList } from '../manifests/pods';

/** One finding for each container and rule, because one change mends them all. Findings outside containers stay as they are. */
export function byContainer(findings: readonly Finding[]): Finding[] {
  const objects = new Map([...new Set(findings.map(({ object }) => object))].map((object, index) => [object, index]));
  return [
    ...groupBy(findings, (finding) => {
      const container = containerIn(finding.path);
      return container === undefined
        ? finding
        : `${objects.get(finding.object) ?? ''} ${finding.rule} ${showPath(container)}`;
    }).values(),
  ].flatMap(joined);
}

/** The path of the container that a field is in. */
function containerIn(path: Path): Path | undefined {
  const list = path.findIndex((step, index) => isContainerList(step) && typeof path[index + 1] === 'number');
  return list === -1 ? undefined : path.slice(0, list + 2);
}

function joined(findings: readonly Finding[]): Finding[] {
  const [first, ...others] = findings;
  if (first === undefined || others.length === 0) {
    return [...findings];
  }
  const path = others.reduce((common, other) => commonStart(common, other.path), first.path);
  const messages = findings.map((finding) => {
    const below = showPath(finding.path.slice(path.length));
    return below === '' ? finding.message : `${below}: ${finding.message}`;
  });
  return [{ ...first, path, message: [...new Set(messages)].join('; ') }];
}

function commonStart(one: Path, other: Path): Path {
  const end = one.findIndex((step, index) => step !== other[index]);
  return end === -1 ? one : one.slice(0, end);
}
