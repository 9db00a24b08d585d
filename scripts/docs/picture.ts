import { GRAPH_COMMAND } from '../../lib/cli/commands/graph';

/** What `cdk8s-nim graph` draws of the committed render of `main.ts` for production. */
export function productionPicture(): string {
  let picture = '';
  GRAPH_COMMAND.run(['test/golden/production'], {
    out: (text) => (picture += text),
    error: () => undefined,
    standardInput: () => Buffer.alloc(0),
  });
  return picture;
}
