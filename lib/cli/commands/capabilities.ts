import { CONTROLLERS } from '../../ingress/controllers';
import { formatNamed, namesAndFormat, WrongUse } from '../arguments';
import { type Command, ExitCode } from '../command';

type Controllers = typeof CONTROLLERS;

const USAGE = `Usage: cdk8s-nim capabilities [options] [controller] ...

Says what each ingress controller does about each feature of a front door: enforced or approximate by what is rendered, a prerequisite
that its operator has to set, or unsupported. With names of controllers (${CONTROLLERS.map(shortName).join(', ')})
it also says by what, how it differs, or what has to be set where. docs/ingress.md explains the levels.

  --format human|json           how it is printed (human)
  --help                        this text

Exit code: 0 done, 2 the command is wrong.
`;

/** Says what ingress controllers can do. */
export const CAPABILITIES_COMMAND: Command = {
  name: 'capabilities',
  summary: 'says what each ingress controller can do',
  usage: USAGE,
  run: (args, terminal) => {
    const { names, format: wanted } = namesAndFormat(args, 'human');
    const named = names.map(controllerNamed);
    const format = formatNamed(wanted, { human: named.length === 0 ? matrix : details, json });
    terminal.out(format(named.length === 0 ? CONTROLLERS : named));
    return ExitCode.FINE;
  },
};

function controllerNamed(name: string): Controllers[number] {
  const controller = CONTROLLERS.find((known) => shortName(known) === name);
  if (controller === undefined) {
    throw new WrongUse(`there is no controller ${name}: write one of ${CONTROLLERS.map(shortName).join(', ')}`);
  }
  return controller;
}

/** `IngressController.f5Nginx()` as `f5Nginx`. */
function shortName({ name }: Controllers[number]): string {
  return name.replace(/^IngressController\.|\(.*\)$/g, '');
}

/** The levels of all controllers, a line for each feature. */
function matrix(controllers: Controllers): string {
  const features = Object.keys(controllers[0]?.capabilities ?? {});
  return columns([
    ['', ...controllers.map(shortName)],
    ...features.map((feature) => [
      feature,
      ...controllers.map(
        ({ capabilities }) => Object.entries(capabilities).find(([name]) => name === feature)?.[1].level ?? '',
      ),
    ]),
  ]);
}

/** A line for each feature of each controller, with what there is to know. */
function details(controllers: Controllers): string {
  return controllers
    .map((controller) => {
      const rows = Object.entries(controller.capabilities).map(([feature, { level, note, since }]) => [
        `  ${feature}`,
        level,
        since === undefined ? note : `${note}; from version ${since}`,
      ]);
      return `${shortName(controller)}\n${columns(rows)}`;
    })
    .join('\n');
}

function json(controllers: Controllers): string {
  const tables = controllers.map((controller) => [shortName(controller), controller.capabilities]);
  return `${JSON.stringify(Object.fromEntries(tables), null, 2)}\n`;
}

function columns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(
      (row) =>
        `${row
          .map((text, column) => text.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
