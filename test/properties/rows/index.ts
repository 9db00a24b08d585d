import { EXTERNAL_SECRETS_ROWS } from './external-secrets';
import { GITOPS_ROWS } from './gitops';
import { INGRESS_ROWS } from './ingress';
import { NETWORK_ROWS } from './network';
import { NIM_ROWS } from './nim';
import { NIM_PART_ROWS } from './nim-parts';
import { OBSERVABILITY_ROWS } from './observability';
import type { PropRows } from './row';
import { SCALING_ROWS } from './scaling';
import { SECRETS_ROWS } from './secrets';

/** The rows of every optional prop, by the interface that it is of. */
export const ROWS: Readonly<Record<string, PropRows>> = {
  ...NIM_ROWS,
  ...NIM_PART_ROWS,
  ...SCALING_ROWS,
  ...SECRETS_ROWS,
  ...EXTERNAL_SECRETS_ROWS,
  ...NETWORK_ROWS,
  ...INGRESS_ROWS,
  ...OBSERVABILITY_ROWS,
  ...GITOPS_ROWS,
};
