import type { k8s } from 'cdk8s-plus-28';
import type { Problem } from '../common/invalid';
import { type Kind, listOf, oneOf, text, wholeNumber } from '../common/kinds';
import { requireLabels } from '../common/labels';
import { optional, required, struct } from '../common/props';
import { requireNoCredentials } from './environment';

/** A kind with what the API server refuses although each field is right. */
function checked<T>(kind: Kind<T>, contradictions: (what: string, value: T) => Problem[]): Kind<T> {
  return {
    ...kind,
    problems: (what, value) => {
      const problems = kind.problems(what, value);
      return problems.length > 0 ? problems : contradictions(what, value as T);
    },
  };
}

const LISTED = ['In', 'NotIn'];
const COMPARED = ['Gt', 'Lt'];

const requirement = checked(
  struct<k8s.NodeSelectorRequirement>({
    key: required(text),
    operator: required(oneOf(...LISTED, 'Exists', 'DoesNotExist', ...COMPARED)),
    values: optional(listOf(text)),
  }),
  (what, { operator, values = [] }) => {
    const wrong = (because: string, instead: string): Problem[] => [
      { what: `${what} values`, value: values, because, instead },
    ];
    if (LISTED.includes(operator)) {
      return values.length > 0 ? [] : wrong(`"${operator}" compares with values`, 'write at least one');
    }
    if (COMPARED.includes(operator)) {
      const isNumber = values.length === 1 && /^-?[0-9]+$/.test(values[0] ?? '');
      return isNumber ? [] : wrong(`"${operator}" compares with one whole number`, 'write for example ["4"]');
    }
    return values.length === 0
      ? []
      : wrong(`"${operator}" asks for no value`, 'leave values out, or write operator: "In"');
  },
);

const term = checked(
  struct<k8s.NodeSelectorTerm>({
    matchExpressions: optional(listOf(requirement)),
    matchFields: optional(listOf(requirement)),
  }),
  (what, value) =>
    (value.matchExpressions ?? []).length + (value.matchFields ?? []).length > 0
      ? []
      : [{ what, value, because: 'a term without requirements is for no node', instead: 'write matchExpressions' }],
);

const nodeSelector = checked(
  struct<k8s.NodeSelector>({ nodeSelectorTerms: required(listOf(term)) }),
  (what, { nodeSelectorTerms }) =>
    nodeSelectorTerms.length > 0
      ? []
      : [
          {
            what: `${what} nodeSelectorTerms`,
            value: nodeSelectorTerms,
            because: 'without terms no node is good enough',
            instead: 'write at least one, or leave it out',
          },
        ],
);

/** Which nodes a pod needs, and which it prefers, as the API server takes it. */
export const nodeAffinity: Kind<k8s.NodeAffinity> = checked(
  struct<k8s.NodeAffinity>({
    preferredDuringSchedulingIgnoredDuringExecution: optional(
      listOf(
        struct<k8s.PreferredSchedulingTerm>({
          preference: required(term),
          weight: required(wholeNumber(1, 100, '1 to 100')),
        }),
      ),
    ),
    requiredDuringSchedulingIgnoredDuringExecution: optional(nodeSelector),
  }),
  (what, value) =>
    Object.values(value).some((part) => part !== undefined)
      ? []
      : [{ what, value, because: 'it says nothing', instead: 'write one of its two members, or leave it out' }],
);

/** Refuses keys and values that no node could have. */
export function requireNodeLabels(what: string, affinity: k8s.NodeAffinity): k8s.NodeAffinity {
  const terms = [
    ...(affinity.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? []),
    ...(affinity.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(({ preference }) => preference),
  ];
  for (const { key, operator, values = [] } of terms.flatMap(({ matchExpressions = [] }) => matchExpressions)) {
    requireNoCredentials(what, [key, ...values]);
    const compared = COMPARED.includes(operator) ? [''] : values.length === 0 ? [''] : values;
    compared.forEach((value) => requireLabels(what, { [key]: value }));
  }
  return affinity;
}
