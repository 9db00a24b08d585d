// Checks that no tracked file names a directory of one machine or the package registry that it downloads from.
import { execFileSync, spawnSync } from 'node:child_process';

const registry = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8', shell: true }).trim();
const host = URL.canParse(registry) ? new URL(registry).host.replaceAll('.', '\\.') : undefined;
const pattern = [
  '(^|[^a-zA-Z.])/(work|farm)/',
  'registry\\.(npmjs|yarnpkg|npmmirror)\\.',
  ...(host ? [host] : []),
].join('|');

const { status, stdout, stderr } = spawnSync('git', ['grep', '-nIE', pattern], { encoding: 'utf8' });
// git grep: 0 found, 1 found nothing, anything else failed.
process.stdout.write(stdout);
process.stderr.write(stderr);
console.log(status === 1 ? 'nothing found' : 'tracked files must not name them');
process.exitCode = status === 1 ? 0 : 1;
