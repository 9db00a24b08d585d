/** Before the run: what it needs of the machine. After it, however it ended: no namespace is left. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const FAMILY = 'cdk8s-nim-';

/** What the names of the namespaces of this run begin with; the process that starts the run decides it. */
export const NAMESPACE_PREFIX = (process.env['PACKETS_NAMESPACES'] ??= `${FAMILY}${process.pid}-`);

export function setup(): void {
  for (const [command, args] of [
    ['ip', ['-Version']],
    ['nft', ['--version']],
  ] as const) {
    require(`the command ${command}`, 'install it: apt-get install --yes iproute2 nftables', () => {
      execFileSync(command, args, { stdio: 'ignore' });
    });
  }
  if (!existsSync('/proc/net/if_inet6')) {
    throw new Error('test:packets needs IPv6 in the kernel, because the policies have IPv6 rules');
  }
  removeNamespaces(isAbandoned);
  // An interrupted run does not come to its teardown.
  process.once('exit', teardown);
  process.once('SIGTERM', () => process.exit(143));
  const trial = `${NAMESPACE_PREFIX}trial`;
  const privileges = 'run as root, in a container with the capabilities NET_ADMIN and SYS_ADMIN';
  try {
    require('to create network namespaces', privileges, () => {
      execFileSync('ip', ['netns', 'add', trial], { stdio: 'pipe' });
      execFileSync('ip', ['-n', trial, 'link', 'add', 'veth0', 'type', 'veth', 'peer', 'name', 'veth1'], {
        stdio: 'pipe',
      });
    });
    require('nftables in the kernel', `${privileges}, on a kernel with nf_tables`, () => {
      execFileSync('ip', ['netns', 'exec', trial, 'nft', 'add', 'table', 'inet', 'trial'], { stdio: 'pipe' });
    });
  } finally {
    removeNamespaces((name) => name === trial);
  }
}

export function teardown(): void {
  removeNamespaces((name) => name.startsWith(NAMESPACE_PREFIX));
}

function require(what: string, wayOut: string, attempt: () => void): void {
  try {
    attempt();
  } catch (error) {
    const { stderr } = error as { readonly stderr?: Buffer | null };
    const reported = stderr?.toString().trim() ?? '';
    throw new Error(`test:packets needs ${what}${reported === '' ? '' : ` (${reported})`}: ${wayOut}`, {
      cause: error,
    });
  }
}

/** Whether a namespace belongs to a run that was killed. */
function isAbandoned(name: string): boolean {
  const pid = new RegExp(`^${FAMILY}(\\d+)-`).exec(name)?.[1];
  return pid !== undefined && !existsSync(`/proc/${pid}`);
}

function removeNamespaces(isOurs: (name: string) => boolean): void {
  const names = execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' })
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '')
    .filter((name) => name !== '' && isOurs(name));
  for (const name of names) {
    execFileSync('ip', ['netns', 'delete', name], { stdio: 'ignore' });
  }
}
