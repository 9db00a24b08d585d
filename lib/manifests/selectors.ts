import { fieldsAt, listAt, textAt, textsAt } from './fields';

type Labels = Readonly<Record<string, string>>;

/** Whether a LabelSelector (`matchLabels`, `matchExpressions`) selects an object with these labels. An empty one selects all. */
export function selects(selector: unknown, labels: Labels): boolean {
  return (
    Object.entries(fieldsAt(selector, 'matchLabels')).every(([key, value]) => labels[key] === value) &&
    listAt(selector, 'matchExpressions').every((expression) => matches(expression, labels))
  );
}

function matches(expression: unknown, labels: Labels): boolean {
  const value = textAt(labels, textAt(expression, 'key') ?? '');
  const values = listAt(expression, 'values');
  switch (textAt(expression, 'operator') ?? '') {
    case 'In':
      return values.includes(value);
    case 'NotIn':
      return !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      return false;
  }
}

/** Whether a LabelSelector has no condition. */
export function isEmptySelector(selector: unknown): boolean {
  return (
    Object.keys(fieldsAt(selector, 'matchLabels')).length === 0 && listAt(selector, 'matchExpressions').length === 0
  );
}

/** Whether a LabelSelector asks for the value of a label; that a label is there, or not, holds for almost everything. */
export function demandsValue(selector: unknown): boolean {
  return (
    Object.keys(fieldsAt(selector, 'matchLabels')).length > 0 ||
    listAt(selector, 'matchExpressions').some((expression) => textAt(expression, 'operator') === 'In')
  );
}

/** The labels that a LabelSelector demands letter by letter, for a look-up. */
export function demandedLabels(selector: unknown): Labels {
  return textsAt(selector, 'matchLabels');
}
