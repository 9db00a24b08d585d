import type { Exception, Renders } from './exception';
import type { Finding } from './finding';

/** An exception that must have a finding, in one render and for one kind or object. */
export interface Missing {
  readonly tool: string;
  readonly check: string;
  readonly object: string;
  readonly render: string;
}

/** Where findings and exceptions differ. */
export interface Differences {
  /** Findings that no exception covers. */
  readonly unlisted: readonly Finding[];
  /** Exceptions, or parts of them, that no finding needs any more. */
  readonly outdated: readonly Missing[];
}

/** Compares in both directions. Exceptions for tools that did not run are left alone. */
export function compare(
  exceptions: readonly Exception[],
  findings: readonly Finding[],
  ran: { readonly tools: readonly string[]; readonly renders: readonly string[] },
): Differences {
  const unknown = exceptions
    .flatMap(({ objects }) => Object.values(objects))
    .flatMap((renders) => ('only' in renders ? renders.only : renders.allBut))
    .find((render) => !ran.renders.includes(render));
  if (unknown !== undefined) {
    throw new Error(`no render is called ${JSON.stringify(unknown)}: there are ${ran.renders.join(', ')}`);
  }
  const listed = exceptions
    .flatMap((exception) => expected(exception, ran.renders))
    .filter(({ tool }) => ran.tools.includes(tool));
  return {
    unlisted: findings.filter((finding) => !listed.some((exception) => covers(exception, finding))),
    outdated: listed.filter((exception) => !findings.some((finding) => covers(exception, finding))),
  };
}

/** Every finding that an exception stands for. */
function expected({ checks, objects }: Exception, all: readonly string[]): Missing[] {
  const places = Object.entries(objects).flatMap(([object, renders]) =>
    all.filter((render) => holdsIn(renders, render)).map((render) => ({ object, render })),
  );
  return Object.entries(checks).flatMap(([tool, ids]) =>
    ids.flatMap((check) => places.map((place) => ({ tool, check, ...place }))),
  );
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
