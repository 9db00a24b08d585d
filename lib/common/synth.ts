import { type ApiObject, App } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** A check that returns only when it has found nothing. */
type Check = () => void;

/**
 * A synth of an app, while it runs. cdk8s validates the whole app, and once more for each chart; then nothing changes any more, but
 * validations of others may change the app before. So checks wait for the last of them, and one that has passed does not run again.
 */
class Synth {
  private readonly waiting = new Set<Check>();
  private readonly passed = new Set<Check>();
  private readonly rendered = new Map<ApiObject, unknown>();
  private isChecking = false;

  /** Runs a check when every validation has been. */
  public putOff(check: Check): void {
    if (!this.passed.has(check)) {
      this.waiting.add(check);
    }
  }

  /** Runs the checks that wait. */
  public runChecks(): void {
    const checks = [...this.waiting];
    this.waiting.clear();
    this.isChecking = true;
    try {
      for (const check of checks) {
        check();
        this.passed.add(check);
      }
    } finally {
      this.isChecking = false;
    }
  }

  /** What an object renders. Checks share it. */
  public shown(object: ApiObject): unknown {
    if (!this.isChecking) {
      return object.toJson();
    }
    const json: unknown = this.rendered.get(object) ?? object.toJson();
    this.rendered.set(object, json);
    return json;
  }

  /** What checks have seen of an object, for whoever asks first once they are done: he may change it. */
  public take(object: ApiObject): unknown {
    if (this.isChecking) {
      return undefined;
    }
    const json = this.rendered.get(object);
    this.rendered.delete(object);
    return json;
  }

  /** Something changes although checks have passed: they run again. */
  public changed(): void {
    this.forget();
    this.passed.forEach((check) => this.waiting.add(check));
  }

  /** Keeps nothing of what objects have rendered. */
  public forget(): void {
    this.rendered.clear();
  }
}

const underWay = new WeakMap<IConstruct, Synth | undefined>();
const followed = new WeakSet<App>();

/** The synth of the app around a construct, while it runs; only of apps that are followed. */
export function synthAround(construct: IConstruct): Synth | undefined {
  return underWay.get(construct.node.root);
}

/** What an object renders, for a check that changes nothing in it. */
export function shownToCheck(object: ApiObject): unknown {
  return synthAround(object)?.shown(object) ?? object.toJson();
}

/**
 * Follows the synths of the app around a construct: in each, a check that passes runs once, after the validations of others, and what it
 * has seen of an object of this library is what is written. Where jsii calls the method of the class, in Python, Go and Java, nothing is
 * followed: every check runs, and every object renders, each time.
 */
export function followSynths(scope: IConstruct): void {
  const app = scope.node.root;
  if (!(app instanceof App) || followed.has(app)) {
    return;
  }
  followed.add(app);
  // Where a class in Python overrides one of them, jsii has made it read-only, and it stays as it is.
  Reflect.set(app, 'synth', following(app, app.synth.bind(app)));
  Reflect.set(app, 'synthYaml', following(app, app.synthYaml.bind(app)));
}

function following<Result>(app: App, run: () => Result): () => Result {
  return () => {
    const outer = underWay.get(app);
    const synth = new Synth();
    // cdk8s validates constructs in the order of the tree.
    const last = app.node.findAll().at(-1) ?? app;
    last.node.addValidation({
      validate: () => {
        synth.runChecks();
        return [];
      },
    });
    underWay.set(app, synth);
    try {
      const result = run();
      // Where that construct was taken out of the tree meanwhile, checks still wait.
      synth.runChecks();
      return result;
    } finally {
      synth.forget();
      underWay.set(app, outer);
    }
  };
}
