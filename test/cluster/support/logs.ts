import { afterAll, expect } from 'vitest';
import type { ServingProcess } from '../../support/serving-process';
import { eventually } from './eventually';

/** A line that is a warning or an error, and says nothing against the objects. */
interface Excuse {
  readonly line: RegExp;
  readonly because: string;
}

interface Log {
  /** How the component writes a line that is no mere information. */
  readonly complaint: RegExp;
  readonly excuses: readonly Excuse[];
}

/** Kubernetes' own form: the first letter is the level. */
const KLOG = /^[WEF]\d{4} /;
const JSON_LEVEL = /"level":"(warn|error|dpanic|panic|fatal)"/;

/** What a program of Kubernetes says of how it is started here. */
const SETTINGS: readonly Excuse[] = [
  {
    line: /\] (No authentication-kubeconfig provided|No authorization-kubeconfig provided|Authentication is disabled)/,
    because: 'nobody asks for its metrics',
  },
  { line: /\] The manifest file is empty, ignoring\.$/, because: 'it has no manifest of its own' },
  { line: /\] Could not get process start time,/, because: 'it runs in a namespace for processes of its own' },
];

const POD_IS_GONE: Excuse = {
  line: /\bpods? (\\"[\w.-]+\\" not found|[\w.-]+ is being deleted, cannot be assigned to a host)/,
  because: 'the pod was deleted while it was looked at, as an update does with a pod that waits',
};

const MODIFIED: Excuse = {
  line: /the object has been modified; please apply your changes to the latest version/,
  because: 'somebody else wrote the object in between, and it tries again',
};

const LOGS = {
  'kube-scheduler': {
    complaint: KLOG,
    excuses: [
      ...SETTINGS,
      POD_IS_GONE,
      {
        line: /"Status after running PostFilter plugins for pod" .*status="not found"$/,
        because: 'the plugin of dynamic resources did not come to look at a pod that waits for its claim, and says so',
      },
    ],
  },
  'kube-controller-manager': {
    complaint: KLOG,
    excuses: [
      ...SETTINGS,
      { line: /\] "Failed to start .*no cloud provider provided/, because: 'there is no cloud here' },
      {
        line: /failed to compute desired number of replicas based on listed metrics .*unable to fetch metrics from \w+ metrics API/,
        because: 'nobody serves metrics here',
      },
      {
        line: /\] resyncPeriod \S+ is smaller than resyncCheckPeriod /,
        because: 'it is about how often the program itself looks at everything anew',
      },
      {
        line: /ClusterTrustBundle\.certificates\.k8s\.io \\"kubernetes\.io:kube-apiserver-serving:\w+\\" is invalid/,
        because: 'the certificate of the API server here is its own authority',
      },
      {
        line: /"Error finding provisioning plugin for claim" err="storageclass\.storage\.k8s\.io \\"[\w.-]+\\" not found"/,
        because: 'classes of volumes are of the cluster, and there are none here',
      },
      {
        line: /\] ("Error removing protection finalizer from PVC"|"Unhandled Error" err="PVC \S+ failed with:) .*persistentvolumeclaims \\"[\w.-]+\\" not found/,
        because: 'tests do not wait for it when they delete a claim',
      },
      {
        line: /"Unhandled Error" err="sync \\"[\w./-]+\\" failed with \w+\.apps \\"[\w.-]+\\" not found"/,
        because: 'Argo CD pruned the object while it was looked at',
      },
      {
        line: /"Failed to sync PDB" err="found no controllers for pod /,
        because: 'it sees the pod before or without the ReplicaSet that the pod belongs to',
      },
      {
        line: /failed with read version: \d+ is not as new as written version: \d+ for group resource /,
        because: 'it has not read yet what it wrote, and tries again',
      },
      MODIFIED,
    ],
  },
  'external-secrets': {
    complaint: JSON_LEVEL,
    excuses: [
      MODIFIED,
      {
        line: /failed to find registered store backend for type: \w+/,
        because: 'it is built with one provider',
      },
      {
        line: /controller caches for [Ss]ecret (\S+ )?are not in sync/,
        because: 'the Secret came to one of its caches before the other, and it tries again',
      },
      {
        line: /externalsecrets\.external-secrets\.io \\"[\w.-]+\\" not found/,
        because: 'the ExternalSecret was deleted while it was looked at',
      },
    ],
  },
  'cert-manager': { complaint: KLOG, excuses: [] },
  'argo-cd': {
    complaint: /"level":"(warning|error|fatal|panic)"/,
    excuses: [
      {
        line: /has no assigned shard/,
        because: 'it has just found the cluster, and takes it a moment later',
      },
      MODIFIED,
    ],
  },
  'envoy-gateway': {
    // A time, the level, the logger, the place, the message and fields, with tabs between them.
    complaint: /^\S+\t(warn|error|dpanic|panic|fatal)\t/,
    excuses: [
      {
        line: /\tfailed to get Service\t.*"error": "Service \\"[\w.-]+\\" not found"/,
        because: 'the Service was taken away before the policy that names it',
      },
      {
        line: /\tunable to update status\t.*"error": "\w+\.[\w.-]+ \\"[\w.-]+\\" not found"/,
        because: 'the object was deleted while it was looked at',
      },
      MODIFIED,
    ],
  },
  traefik: {
    complaint: JSON_LEVEL,
    excuses: [
      {
        line: /"message":"(Traefik can reject some encoded characters|aliasHeadersStrategy is not configured)/,
        because: 'these are settings of the controller, which no object has',
      },
      {
        line: /"middlewareType":"Buffer".*Maximum size \d+ was reached/,
        because: 'a test sends a body that is too large',
      },
      {
        line: /"middlewareType":"(RateLimiter|ForwardAuth)".*"message":"(Could not insert\/update bucket|Error calling http)/,
        because: 'a test takes Redis or the authentication service away',
      },
      {
        line: /"error":"tls: failed to verify certificate: .*"message":"500 Internal Server Error"/,
        because: 'a test shows it a NIM with the certificate of somebody else',
      },
    ],
  },
} as const satisfies Record<string, Log>;

export type LoggedComponent = keyof typeof LOGS;

/** Warnings and errors in the log of a component, without those that say nothing against the objects. */
export function complaintsOf(component: LoggedComponent, log: string): string[] {
  const { complaint, excuses }: Log = LOGS[component];
  return log.split('\n').filter((line) => complaint.test(line) && !excuses.some((excuse) => excuse.line.test(line)));
}

/** Waits for a complaint with a text: a control, since a log in which nobody ever complains would prove nothing. */
export function complaintWith(
  text: string,
  component: LoggedComponent,
  process: () => ServingProcess,
): Promise<string> {
  return eventually(`a complaint of ${component}`, () =>
    Promise.resolve(complaintsOf(component, process().output).find((line) => line.includes(text))),
  );
}

/** Fails after the tests around the call when the component has complained, but for what the tests did on purpose. */
export function expectNoComplaints(
  component: LoggedComponent,
  process: () => ServingProcess,
  onPurpose: (line: string) => boolean = () => false,
): void {
  afterAll(() => {
    const complaints = complaintsOf(component, process().output).filter((line) => !onPurpose(line));
    expect(complaints, `the log of ${component}`).toEqual([]);
  });
}
