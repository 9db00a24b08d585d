import { ApiObject, App, Chart, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { addObjectWithLateSpec } from '../../lib/common/api-object';
import { addFinalCheck } from '../../lib/common/final-check';
import { objectsBelow } from '../../lib/common/objects-below';
import { followSynths, shownToCheck, synthAround } from '../../lib/common/synth';

/** An app with an object whose number of replicas is how often it was rendered. */
function counting(): { readonly app: App; readonly chart: Chart; readonly deployment: ApiObject } {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'embeddings' });
  let renders = 0;
  const metadata = { name: 'nim' };
  const template = { metadata: { labels: { app: 'nim' } } };
  const deployment = addObjectWithLateSpec(chart, 'deployment', k8s.KubeDeployment, metadata, () => {
    renders += 1;
    return { replicas: renders, selector: { matchLabels: { app: 'nim' } }, template };
  });
  return { app, chart, deployment };
}

/** Does something whenever cdk8s validates. */
function inEachRound(construct: Construct, act: (round: number) => void): void {
  let round = 0;
  construct.node.addValidation({
    validate: () => {
      round += 1;
      act(round);
      return [];
    },
  });
}

describe('a synth that is followed', () => {
  it('runs a check that passes once, although cdk8s validates for each chart', () => {
    const runs = (follow: boolean): number => {
      let count = 0;
      const app = new App();
      ['one', 'two', 'three'].forEach((id) => new Chart(app, id));
      addFinalCheck(app, () => {
        count += 1;
        return [];
      });
      if (follow) {
        followSynths(app);
        followSynths(app);
      }
      app.synthYaml();
      return count;
    };
    expect([runs(false), runs(true)]).toEqual([4, 1]);
  });

  it('runs every check again in the next one', () => {
    const app = new App();
    followSynths(app);
    let found: string[] = [];
    addFinalCheck(app, () => found);
    app.synthYaml();
    found = ['wrong'];
    expect(() => app.synthYaml()).toThrow('wrong');
    expect(() => app.synthYaml()).toThrow('wrong');
  });

  it('writes of an object what a check has seen of it, and renders it anew in the next one', () => {
    const { app, deployment } = counting();
    followSynths(app);
    const seen: unknown[] = [];
    addFinalCheck(app, () => {
      seen.push(shownToCheck(deployment));
      return [];
    });
    expect(app.synthYaml()).toContain('replicas: 1\n');
    expect(app.synthYaml()).toContain('replicas: 2\n');
    expect(seen).toMatchObject([{ spec: { replicas: 1 } }, { spec: { replicas: 2 } }]);
  });

  it('checks and writes what validations of others change', () => {
    const { app, chart, deployment } = counting();
    followSynths(app);
    const seen: unknown[] = [];
    addFinalCheck(app, () => {
      seen.push(...objectsBelow(app).map(shownToCheck));
      return [];
    });
    inEachRound(new Chart(app, 'last'), (round) => {
      // Whoever looks before the change keeps nothing for the checks.
      shownToCheck(deployment);
      deployment.metadata.addLabel('late', 'yes');
      if (round === 1) {
        new ApiObject(chart, 'late', { apiVersion: 'v1', kind: 'ConfigMap' });
      }
    });
    expect(app.synthYaml()).toMatch(/late: "yes"[^]*kind: ConfigMap/);
    expect(seen).toMatchObject([{ metadata: { labels: { late: 'yes' } } }, { kind: 'ConfigMap' }]);
  });

  it('checks and writes a patch that comes after a check', () => {
    const { app, chart, deployment } = counting();
    followSynths(app);
    const seen: unknown[] = [];
    addFinalCheck(app, () => {
      seen.push(shownToCheck(deployment));
      return [];
    });
    inEachRound(chart, (round) => {
      if (round === 2) {
        deployment.addJsonPatch(JsonPatch.add('/metadata/labels', { late: 'yes' }));
      }
    });
    expect(app.synthYaml()).toContain('late: "yes"');
    expect(seen).toMatchObject([{ spec: { replicas: 1 } }, { metadata: { labels: { late: 'yes' } } }]);
  });

  it('gives others a render of their own: what they do with it is neither checked nor written', () => {
    const { app, chart, deployment } = counting();
    followSynths(app);
    const seen: string[] = [];
    addFinalCheck(app, () => {
      seen.push(JSON.stringify(shownToCheck(deployment)));
      return [];
    });
    inEachRound(chart, (round) => {
      Object.assign(deployment.toJson() as object, { kind: `Changed${round}` });
    });
    expect(app.synthYaml()).toContain('kind: Deployment');
    expect(seen).toEqual([expect.stringContaining('"kind":"Deployment"')]);
  });

  it('gives what other objects render from a render one of their own too', () => {
    const { app, chart, deployment } = counting();
    const kinds = Lazy.any({
      produce: () => Object.assign(deployment.toJson() as object, { kind: 'Changed' }).kind,
    }) as unknown;
    const other = new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'ConfigMap', data: { kinds } });
    followSynths(app);
    const seen: unknown[] = [];
    addFinalCheck(app, () => {
      seen.push(...[deployment, other].map(shownToCheck));
      return [];
    });
    expect(app.synthYaml()).toMatch(/kind: Deployment[^]*kinds: Changed/);
    expect(seen).toMatchObject([{ kind: 'Deployment' }, { data: { kinds: 'Changed' } }]);
  });

  it('shares a render among checks', () => {
    const { app, deployment } = counting();
    followSynths(app);
    const seen: unknown[] = [];
    for (const scope of [app, deployment]) {
      addFinalCheck(scope, () => {
        seen.push(shownToCheck(deployment));
        return [];
      });
    }
    app.synthYaml();
    expect(seen[1]).toBe(seen[0]);
  });

  it('runs every check, also where the last construct is taken out of the tree', () => {
    class Removing extends App {
      public override synthYaml(): string {
        this.node.tryRemoveChild('last');
        return super.synthYaml();
      }
    }
    const app = new Removing();
    new Chart(app, 'last');
    followSynths(app);
    addFinalCheck(app, () => ['wrong']);
    expect(() => app.synthYaml()).toThrow('wrong');
  });

  it('may hold another one', () => {
    class Nested extends App {
      public override synth(): void {
        super.synthYaml();
      }

      public override synthYaml(): string {
        this.synth();
        return super.synthYaml();
      }
    }
    const app = new Nested();
    new Chart(app, 'chart');
    followSynths(app);
    let runs = 0;
    addFinalCheck(app, () => {
      runs += 1;
      return [];
    });
    app.synthYaml();
    expect(runs).toBe(2);
  });

  it('leaves nothing behind, also when it fails', () => {
    const { app, deployment } = counting();
    followSynths(app);
    addFinalCheck(app, () => {
      shownToCheck(deployment);
      return [];
    });
    app.node.addValidation({ validate: () => ['of somebody else'] });
    expect(() => app.synthYaml()).toThrow('of somebody else');
    expect(synthAround(deployment)).toBeUndefined();
    expect([deployment.toJson(), deployment.toJson()]).toMatchObject([
      { spec: { replicas: 2 } },
      { spec: { replicas: 3 } },
    ]);
  });

  it('leaves a method alone that cannot be replaced: jsii makes those read-only that a class in Python overrides', () => {
    const { app } = counting();
    Object.defineProperty(app, 'synthYaml', { value: () => 'of a subclass' });
    followSynths(app);
    expect(app.synthYaml()).toBe('of a subclass');
  });

  it('is of an app only: a chart that stands alone has none', () => {
    const { app, deployment } = counting();
    expect(app.synthYaml()).toContain('replicas: 1\n');
    followSynths(new Chart(undefined as unknown as App, 'alone'));
    expect(synthAround(deployment)).toBeUndefined();
  });
});
