import { messageOf, WrongUse } from './arguments';
import { type Command, ExitCode, type Terminal } from './command';
import { packageVersion } from './version';

/** Runs the command line and returns its exit code. */
export function run(args: readonly string[], terminal: Terminal, commands: readonly Command[]): number {
  const [name, ...rest] = args;
  const command = commands.find((known) => known.name === name);
  const usage = command?.usage ?? overview(commands);
  if (asksFor(args, '--help', '-h')) {
    terminal.out(usage);
    return ExitCode.FINE;
  }
  if (asksFor(args, '--version')) {
    terminal.out(`${packageVersion()}\n`);
    return ExitCode.FINE;
  }
  try {
    if (command === undefined) throw new WrongUse(whyNoCommand(name));
    return command.run(rest, terminal);
  } catch (error) {
    terminal.error(`error: ${messageOf(error)}\n${error instanceof WrongUse ? `\n${usage}` : ''}`);
    return ExitCode.WRONG;
  }
}

/** What every command does, for those who name none. */
function overview(commands: readonly Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  return `Usage: cdk8s-nim <command> [options]

${commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}\n`).join('')}
  cdk8s-nim <command> --help    what a command takes
  cdk8s-nim --version           the version of the package

Exit code: 0 fine, 1 something was found or refused, 2 the command or an input is wrong.
`;
}

/** Whether one of these options is given; after `--` there are none. */
function asksFor(args: readonly string[], ...options: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some((arg) => options.includes(arg));
}

function whyNoCommand(name: string | undefined): string {
  if (name === undefined) {
    return 'no command was given';
  }
  return name.startsWith('-') ? `write the command before ${name}` : `there is no command ${JSON.stringify(name)}`;
}
