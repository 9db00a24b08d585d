import { messageOf, WrongUse } from './arguments';
import { type Command, ExitCode, type Terminal } from './command';
import { packageVersion } from './version';

/** Runs the command line and returns its exit code. */
export function run(args: readonly string[], terminal: Terminal, commands: readonly Command[]): number {
  const [name, ...rest] = args;
  const command = commands.find((known) => known.name === name);
  const usage = command?.usage ?? commands.map((known) => known.usage).join('\n');
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
