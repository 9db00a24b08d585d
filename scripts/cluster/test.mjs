/**
 * Runs the tests on real components: npm run test:cluster [-- --all] [argument of vitest …]
 *
 *   --all                what is not built fails; without it only the core has to be there
 *   CRDS_DIR             directory of custom resource definitions, by default ../shared/crds
 *   CLUSTER_TOOLS_DIR    where `npm run cluster:install` put the components
 *
 * Everything runs in namespaces of its own. Pods and Services have addresses there, which the API server does not take from
 * the loopback network; nothing outside can be reached; and when the run ends, in whatever way, the kernel ends its processes.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The networks of pods and of Services: every address of them is one of this machine. */
const PODS = '10.244.0.0/16';
const SERVICES = '10.96.0.0/16';
/** Clients with IPv6: two of one network, and one of another. */
const CLIENTS = ['2001:db8:10::5/128', '2001:db8:10::6/128', '2001:db8:20::5/128'];

const INSIDE = `set -e
mount --bind "$CLUSTER_HOSTS" /etc/hosts
ip link set lo up
ip address add ${PODS} dev lo
ip address add ${SERVICES} dev lo
for address in ${CLIENTS.join(' ')}; do ip -6 address add $address dev lo nodad; done
exec "$@"`;

const given = process.argv.slice(2);
const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-cluster-run-'));
const hosts = join(directory, 'hosts');
writeFileSync(hosts, '127.0.0.1 localhost\n::1 localhost\n');
// A signal reaches the tests too; this process waits for them.
process.on('SIGINT', () => {});
const { status, error } = spawnSync(
  'setpriv',
  [
    // However this process ends, what it has started ends too.
    ...['--pdeathsig', 'KILL', '--', 'unshare'],
    ...['--net', '--mount', '--pid', '--fork', '--kill-child'],
    ...(process.getuid?.() === 0 ? [] : ['--map-root-user']),
    ...['sh', '-c', INSIDE, 'sh'],
    ...[process.execPath, 'node_modules/vitest/vitest.mjs', 'run', '--config', 'vitest.cluster.config.mts'],
    ...given.filter((argument) => argument !== '--all'),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${process.env.PATH}:/usr/sbin:/sbin`,
      CLUSTER_HOSTS: hosts,
      ...(given.includes('--all') ? { CLUSTER_ALL: '1' } : {}),
    },
  },
);
rmSync(directory, { recursive: true, force: true });
if (error !== undefined) {
  console.error(`error: test:cluster needs setpriv and unshare (util-linux), which start namespaces: ${error.message}`);
}
process.exit(status ?? 1);
