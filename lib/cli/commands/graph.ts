/// <reference types="node" />
import { folderOf } from '../../manifests/clusters';
import { formatNamed, namesAndFormat } from '../arguments';
import { type Command, ExitCode } from '../command';
import { readObjects } from '../documents';
import { readFiles, showPlace } from '../files';
import type { Graph } from '../graph/graph';
import { formatMermaid } from '../graph/mermaid';
import { graphsOf } from '../graph/surroundings';
import { formatSvg } from '../graph/svg';

const FORMATS: Readonly<Record<string, (graphs: readonly Graph[]) => string>> = {
  svg: formatSvg,
  mermaid: formatMermaid,
  json: (graphs) => `${JSON.stringify(graphs, null, 2)}\n`,
};

const USAGE = `Usage: cdk8s-nim graph [options] [rendered folder] > picture.svg

Draws who reaches what, from the manifests alone: addresses and front doors with paths, TLS, limits and logins, pods that
may connect, Service, pods, where they connect to and the Secrets that they read, and what is closed. Without a name the
folder is dist. What a controller is configured with itself is in no manifest, and so not in the picture.

  --format svg|mermaid|json     the form of the picture (svg, for light and dark pages)
  --help                        this text

Exit code: 0 done, 2 the command or an input is wrong.
`;

/** Draws who reaches what. */
export const GRAPH_COMMAND: Command = {
  name: 'graph',
  summary: 'draws who reaches what, from rendered manifests',
  usage: USAGE,
  run: (args, terminal) => {
    const { names, format: wanted } = namesAndFormat(args, 'svg');
    const format = formatNamed(wanted, FORMATS);
    terminal.out(format(graphsIn(names.length === 0 ? ['dist'] : names)));
    return ExitCode.FINE;
  },
};

/** What is drawn of the manifests in folders; throws with what in them cannot be read, or when nothing can be drawn. */
function graphsIn(paths: readonly string[]): Graph[] {
  const { files, problems } = readFiles(paths, [], () => Buffer.alloc(0));
  const read = files.map(readObjects);
  const [problem] = [...problems, ...read.flatMap((file) => file.problems)];
  if (problem !== undefined) {
    throw new Error(`${showPlace(problem)}: ${problem.message}`);
  }
  const sources = read.flatMap(({ objects }) => objects);
  const folders = new Map(sources.map(({ object, file }) => [object, folderOf(file)]));
  const graphs = graphsOf([...folders.keys()], (object) => folders.get(object));
  if (graphs.length === 0) {
    throw new Error(`${paths.join(' ')}: there is no workload to draw`);
  }
  return graphs;
}
