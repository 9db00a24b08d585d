import { spawnSync } from 'node:child_process';

const PROGRAMS = [
  { name: 'nginx', argument: '-v' },
  { name: 'haproxy', argument: '-v' },
  { name: 'openssl', argument: 'version' },
];

/** Ends the run when a program is missing: a proof that skips itself proves nothing. */
export default function requirePrograms(): void {
  const versions = PROGRAMS.map(({ name, argument }) => {
    const { status, stdout, stderr } = spawnSync(name, [argument], { encoding: 'utf8' });
    return { name, version: status === 0 ? `${stdout}${stderr}`.trim().split('\n')[0] : undefined };
  });
  const missing = versions.filter(({ version }) => version === undefined).map(({ name }) => name);
  if (missing.length > 0) {
    throw new Error(
      `not installed: ${missing.join(', ')}. On Debian and Ubuntu: ` +
        'sudo apt-get update && sudo apt-get install -y --no-install-recommends nginx haproxy openssl',
    );
  }
  for (const { version } of versions) {
    console.log(version);
  }
}
