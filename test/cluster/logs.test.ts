import { describe, expect, it } from 'vitest';
import { complaintsOf, type LoggedComponent } from './support/logs';

const AT = '1130 08:12:29.981010 101';
const POD = 'pod="claims/text-embedding-7576999cc6-g79ml"';
const POSTFILTER = `E${AT} schedule_one.go:300] "Status after running PostFilter plugins for pod" logger="UnhandledError" ${POD}`;
const RETRYING = `E${AT} schedule_one.go:1198] "Error scheduling pod; retrying"`;
const SYNCED = `E${AT} controller.go:260] "Unhandled Error" err="syncing`;
const RECONCILER = '{"level":"error","msg":"Reconciler error","namespace":"embeddings","error":';
const ENVOY_GATEWAY = '2026-11-30T10:54:42.194Z\terror';
const TRAEFIK = '{"level":"error","entryPointName":"websecure","routerName":"text-embedding@kubernetes"';

describe.each<{
  readonly component: LoggedComponent;
  /** What a line is about that is no complaint of our objects, and the line. */
  readonly excused: Readonly<Record<string, string>>;
  readonly heard: Readonly<Record<string, string>>;
}>([
  {
    component: 'kube-scheduler',
    excused: {
      'nothing to complain of': `I${AT} schedule_one.go:1187] "Unable to schedule pod; no fit; waiting" ${POD}`,
      'its settings': `W${AT} authentication.go:368] No authentication-kubeconfig provided in order to lookup client-ca-file`,
      'a pod that waits for its claim': `${POSTFILTER} status="not found"`,
      'a pod that is gone': `E${AT} preemption.go:112] "Could not get the updated preemptor pod object" err="pod \\"text-embedding-7576999cc6-g79ml\\" not found" ${POD}`,
      'a pod that is on its way out': `${RETRYING} err="binding rejected: Operation cannot be fulfilled on pods/binding \\"x\\": pod x is being deleted, cannot be assigned to a host" ${POD}`,
    },
    heard: {
      'another state of its plugins': `${POSTFILTER} status="node(s) not found"`,
      'something else that is not there': `${RETRYING} err="persistentvolumeclaim \\"model-cache\\" not found" ${POD}`,
      'a pod that is bound twice': `${RETRYING} err="pod x is already assigned to node \\"a\\"" ${POD}`,
      'a warning': `W${AT} warnings.go:70] "a field is deprecated" ${POD}`,
    },
  },
  {
    component: 'kube-controller-manager',
    excused: {
      'a certificate of the API server': `${SYNCED} \\"\\" failed: ClusterTrustBundle.certificates.k8s.io \\"kubernetes.io:kube-apiserver-serving:62215d60\\" is invalid: spec.trustBundle"`,
      'an object that somebody else wrote': `${SYNCED} \\"a/b\\" failed: Operation cannot be fulfilled on deployments.apps \\"b\\": the object has been modified; please apply your changes to the latest version and try again"`,
      'what it has not read yet': `${SYNCED} \\"a/b\\" failed with read version: 400 is not as new as written version: 421 for group resource replicasets.apps"`,
      'a claim that a test deletes': `E${AT} pvc_protection_controller.go:245] "Unhandled Error" err="PVC model-cache/a failed with: persistentvolumeclaims \\"model-cache\\" not found"`,
      'a class of volumes': `E${AT} pv_controller.go:1572] "Error finding provisioning plugin for claim" err="storageclass.storage.k8s.io \\"shared\\" not found" PVC="a/model-cache"`,
    },
    heard: {
      'pods that are refused': `${SYNCED} \\"a/b\\" failed with pods \\"b-\\" is forbidden: violates PodSecurity \\"restricted:latest\\""`,
      'a volume that nobody makes': `W${AT} pv_controller.go:1] "no volume plugin matched name: kubernetes.io/no-provisioner"`,
    },
  },
  {
    component: 'external-secrets',
    excused: {
      'nothing to complain of': '{"level":"info","msg":"reconciled secret","namespace":"embeddings"}',
      'an object that somebody else wrote': `${RECONCILER}"the object has been modified; please apply your changes to the latest version and try again"}`,
      'its caches': `${RECONCILER}"controller caches for secret ngc-secret are not in sync"}`,
      'an ExternalSecret that is gone': `${RECONCILER}"externalsecrets.external-secrets.io \\"ngc-secret\\" not found"}`,
    },
    heard: {
      'a store that is gone': `${RECONCILER}"ClusterSecretStore.external-secrets.io \\"vault\\" not found"}`,
      'a template that fails': `${RECONCILER}"could not apply template"}`,
    },
  },
  {
    component: 'envoy-gateway',
    excused: {
      'nothing to complain of': '2026-11-30T10:54:42.194Z\tinfo\tprovider\tkubernetes/controller.go:1\treconciling\t{}',
      'a route that is gone': `${ENVOY_GATEWAY}\tprovider\tkubernetes/status_updater.go:131\tunable to update status\t{"name": "text-embedding", "error": "httproutes.gateway.networking.k8s.io \\"text-embedding\\" not found"}`,
    },
    heard: {
      'what Envoy refuses': `${ENVOY_GATEWAY}\txds\tcache/snapshot.go:1\tEnvoy rejected the last update\t{}`,
      'a status that it may not write': `${ENVOY_GATEWAY}\tprovider\tkubernetes/status_updater.go:131\tunable to update status\t{"name": "text-embedding", "error": "forbidden"}`,
      'a warning': '2026-11-30T10:54:42.194Z\twarn\tprovider\tkubernetes/controller.go:1\tno such Secret\t{}',
    },
  },
  {
    component: 'traefik',
    excused: {
      'its settings':
        '{"level":"warn","entryPointName":"traefik","message":"aliasHeadersStrategy is not configured: the request"}',
      'a body that is too large': `${TRAEFIK},"middlewareType":"Buffer","message":"vulcand/oxy/buffer: request body over limit, err: Maximum size 8388608 was reached"}`,
      'Redis that is away': `${TRAEFIK},"middlewareType":"RateLimiter","error":"EOF","message":"Could not insert/update bucket"}`,
    },
    heard: {
      'a middleware that is not there': `${TRAEFIK},"error":"middleware \\"embeddings-rate-limit@kubernetescrd\\" does not exist"}`,
      'a middleware that it cannot make': `${TRAEFIK},"middlewareType":"Buffer","message":"Error while creating it"}`,
    },
  },
])('in the log of $component', ({ component, excused, heard }) => {
  it.each(Object.entries(excused))('a line about %s accuses nobody', (_, line) => {
    expect(complaintsOf(component, line)).toEqual([]);
  });

  it.each(Object.entries(heard))('a line about %s does', (_, line) => {
    expect(complaintsOf(component, `started\n${line}\nstopped`)).toEqual([line]);
  });
});
