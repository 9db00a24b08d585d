import { type ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** What holds while an app is synthesized, when nothing in it changes any more. */
interface Synth {
  /** The checks that have found nothing: cdk8s validates the whole app once more for each chart. */
  readonly passed: Set<() => string[]>;
  /** What objects have rendered. */
  readonly rendered: Map<ApiObject, unknown>;
}

const underWay = new WeakMap<IConstruct, Synth>();
const followed = new WeakSet<App>();

/** The synth of the app around a construct, while it runs; only of apps that are followed. */
export function synthAround(construct: IConstruct): Synth | undefined {
  return underWay.get(construct.node.root);
}

/**
 * Follows the synths of the app around a construct: in each, a check that passes runs once, and an object of this library renders
 * once, so what is written is what was checked. Where jsii calls the method of the class, in Python, Go and Java, nothing is
 * followed: every check runs, and every object renders, each time.
 */
export function followSynths(scope: IConstruct): void {
  const app = scope.node.root;
  if (!(app instanceof App) || followed.has(app)) {
    return;
  }
  followed.add(app);
  app.synth = following(app, app.synth.bind(app));
  app.synthYaml = following(app, app.synthYaml.bind(app));
}

function following<Result>(app: App, synth: () => Result): () => Result {
  return () => {
    underWay.set(app, { passed: new Set(), rendered: new Map() });
    try {
      return synth();
    } finally {
      underWay.delete(app);
    }
  };
}
