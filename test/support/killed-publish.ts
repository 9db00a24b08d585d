import { publishCommand } from '../../lib/cli/commands/publish';
import { type Disk, DISK } from '../../lib/cli/publish/disk';
import { run } from '../../lib/cli/run';

// A process that kills itself before its n-th operation on the disk: <n> <rendered folder> <target>.
const [operation = '', rendered = '', target = ''] = process.argv.slice(2);
let count = 0;
const disk = Object.fromEntries(
  Object.entries(DISK).map(([name, action]: [string, (path: string, other: string) => void]) => [
    name,
    (path: string, other: string) => {
      if (count === Number(operation)) process.kill(process.pid, 'SIGKILL');
      count += 1;
      action(path, other);
    },
  ]),
) as unknown as Disk;
process.exitCode = run(
  ['publish', rendered, '--to', target],
  { out: () => undefined, error: () => undefined, standardInput: () => Buffer.alloc(0) },
  [publishCommand([], disk)],
);
