import type { Finding } from './finding';

/** A row of the table in docs/exceptions.md: findings that are left as they are, and why. */
export interface Exception {
  readonly tool: string;
  readonly check: string;
  /** Kinds (`Deployment`) or single objects (`Deployment/text-embedding`). */
  readonly objects: readonly string[];
  readonly renders: Renders;
}

/** Where an exception holds. */
export type Renders = { readonly only: readonly string[] } | { readonly allBut: readonly string[] };

/** An exception that must have a finding, in one render and for one kind or object. */
export interface Missing {
  readonly tool: string;
  readonly check: string;
  readonly object: string;
  readonly render: string;
}

/** Where findings and exceptions differ. */
export interface Differences {
  /** Findings that no row lists. */
  readonly unlisted: readonly Finding[];
  /** Rows, or parts of rows, that no finding needs any more. */
  readonly outdated: readonly Missing[];
}

const COLUMNS = ['tool', 'check', 'objects', 'renders', 'reason', 'compensating control'];

/** The rows of the one table that has the columns of the exceptions. A row without a reason is refused. */
export function parseExceptions(markdown: string, tools: readonly string[]): Exception[] {
  const lines = markdown.split('\n');
  const header = lines.findIndex((line) => cellsOf(line).join('|') === COLUMNS.join('|'));
  if (header === -1) {
    throw new Error(`no table with the columns ${COLUMNS.join(', ')}`);
  }
  const rows = lines.slice(header + 2);
  const end = rows.findIndex((line) => !line.startsWith('|'));
  return rows.slice(0, end === -1 ? undefined : end).map((line) => {
    const cells = cellsOf(line);
    const [tool, check, objects, renders] = cells;
    if (!tool || !check || !objects || !renders || cells.length !== COLUMNS.length || cells.some((cell) => !cell)) {
      throw new Error(`a row needs every column (${COLUMNS.join(', ')}): ${line}`);
    }
    if (!tools.includes(tool)) {
      throw new Error(`no scanner is called ${JSON.stringify(tool)}: there are ${tools.join(', ')}`);
    }
    return { tool, check, objects: listOf(objects), renders: rendersOf(renders) };
  });
}

/** Compares in both directions. Exceptions for tools that did not run are left alone. */
export function compare(
  exceptions: readonly Exception[],
  findings: readonly Finding[],
  ran: { readonly tools: readonly string[]; readonly renders: readonly string[] },
): Differences {
  const unknown = exceptions
    .flatMap(({ renders }) => ('only' in renders ? renders.only : renders.allBut))
    .find((render) => !ran.renders.includes(render));
  if (unknown !== undefined) {
    throw new Error(`no render is called ${JSON.stringify(unknown)}: there are ${ran.renders.join(', ')}`);
  }
  const listed = exceptions
    .filter(({ tool }) => ran.tools.includes(tool))
    .flatMap(({ tool, check, objects, renders }) =>
      ran.renders
        .filter((render) => holdsIn(renders, render))
        .flatMap((render) => objects.map((object) => ({ tool, check, object, render }))),
    );
  return {
    unlisted: findings.filter((finding) => !listed.some((exception) => covers(exception, finding))),
    outdated: listed.filter((exception) => !findings.some((finding) => covers(exception, finding))),
  };
}

function covers(exception: Missing, finding: Finding): boolean {
  return (
    exception.tool === finding.tool &&
    exception.check === finding.check &&
    exception.render === finding.render &&
    (exception.object === finding.object || exception.object === finding.object.split('/')[0])
  );
}

function holdsIn(renders: Renders, render: string): boolean {
  return 'only' in renders ? renders.only.includes(render) : !renders.allBut.includes(render);
}

function rendersOf(cell: string): Renders {
  const [, but] = /^all(?: but (.+))?$/.exec(cell) ?? [];
  return cell.startsWith('all') ? { allBut: but === undefined ? [] : listOf(but) } : { only: listOf(cell) };
}

function listOf(cell: string): string[] {
  return cell.split(',').map((item) => item.trim());
}

/** The cells of a table row; code marks are only for the reader. */
function cellsOf(line: string): string[] {
  return line
    .replace(/^\||\|\s*$/g, '')
    .split('|')
    .map((cell) => cell.trim().replaceAll('`', ''));
}
