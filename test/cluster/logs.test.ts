import { expect, it } from 'vitest';
import { complaintsOf } from './support/logs';

const POSTFILTER = 'E1130 08:12:29.981010 101 schedule_one.go:300] "Status after running PostFilter plugins for pod"';
const RETRYING = 'E1130 08:12:29.981010 101 schedule_one.go:1198] "Error scheduling pod; retrying"';
const POD = 'pod="claims/text-embedding-7576999cc6-g79ml"';

it.each([
  ['a pod that waits for its claim', `${POSTFILTER} logger="UnhandledError" ${POD} status="not found"`],
  [
    'a pod that is gone',
    `E1130 08:12:29.981010 101 preemption.go:112] "Could not get the updated preemptor pod object" err="pod \\"text-embedding-7576999cc6-g79ml\\" not found" ${POD}`,
  ],
  [
    'a pod that is on its way out',
    `${RETRYING} err="binding rejected: Operation cannot be fulfilled on pods/binding \\"x\\": pod text-embedding-7576999cc6-g79ml is being deleted, cannot be assigned to a host" ${POD}`,
  ],
  ['no complaint', `I1130 08:12:29.981010 101 schedule_one.go:300] "Unable to schedule pod; no fit; waiting" ${POD}`],
])('the scheduler accuses nobody when it writes of %s', (_, line) => {
  expect(complaintsOf('kube-scheduler', line)).toEqual([]);
});

it.each([
  ['another state of its plugins', `${POSTFILTER} logger="UnhandledError" ${POD} status="node(s) not found"`],
  ['something else that is not there', `${RETRYING} err="persistentvolumeclaim \\"model-cache\\" not found" ${POD}`],
  ['a pod that is bound twice', `${RETRYING} err="pod x is already assigned to node \\"a\\"" ${POD}`],
  ['a warning', `W1130 08:12:29.981010 101 warnings.go:70] "a field is deprecated" ${POD}`],
])('and does when it writes of %s', (_, line) => {
  expect(complaintsOf('kube-scheduler', `started\n${line}\n`)).toEqual([line]);
});
