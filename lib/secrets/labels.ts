import { MANAGED_BY } from '../common/labels';

/** The labels of the objects that make Secrets, or that they are made from. */
export function secretLabels(application: string): Record<string, string> {
  return {
    'app.kubernetes.io/name': application,
    'app.kubernetes.io/part-of': 'nemo-retriever',
    ...MANAGED_BY,
  };
}
