/** What a complaint in the log of a component may be about that is none of our objects' doing. */
interface Excuse {
  readonly line: RegExp;
  readonly because: string;
}

/** How a component writes a line that is no mere information, and which of these lines accuse nobody. */
interface Log {
  readonly complaint: RegExp;
  readonly excuses: readonly Excuse[];
}

/** Kubernetes' own form: the first letter is the level. */
const KLOG = /^[WEF]\d{4} /;

const GONE: Excuse = {
  line: /\bpods? (\\"[\w.-]+\\" not found|[\w.-]+ is being deleted, cannot be assigned to a host)/,
  because: 'the pod was deleted while it was looked at, as an update does with a pod that waits',
};

const LOGS = {
  'kube-scheduler': {
    complaint: KLOG,
    excuses: [
      GONE,
      {
        line: /"Status after running PostFilter plugins for pod" .*status="not found"$/,
        because: 'the plugin of dynamic resources did not come to look at a pod that waits for its claim, and says so',
      },
    ],
  },
  'cert-manager': { complaint: KLOG, excuses: [] },
} as const satisfies Record<string, Log>;

/** Warnings and errors in the log of a component, but for those that accuse nobody. */
export function complaintsOf(component: keyof typeof LOGS, log: string): string[] {
  const { complaint, excuses }: Log = LOGS[component];
  return log.split('\n').filter((line) => complaint.test(line) && !excuses.some((excuse) => excuse.line.test(line)));
}
