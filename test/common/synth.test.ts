import { App, Chart, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import { describe, expect, it } from 'vitest';
import { addObjectWithLateSpec } from '../../lib/common/api-object';
import { addFinalCheck } from '../../lib/common/final-check';
import { followSynths, synthAround } from '../../lib/common/synth';

/** An app with an object whose number of replicas is how often it was rendered. */
function counting(): { readonly app: App; readonly deployment: ReturnType<typeof addObjectWithLateSpec> } {
  const app = new App();
  const chart = new Chart(app, 'chart', { namespace: 'embeddings' });
  let renders = 0;
  const metadata = { name: 'nim' };
  const template = { metadata: { labels: { app: 'nim' } } };
  const deployment = addObjectWithLateSpec(chart, 'deployment', k8s.KubeDeployment, metadata, () => {
    renders += 1;
    return { replicas: renders, selector: { matchLabels: { app: 'nim' } }, template };
  });
  return { app, deployment };
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
      seen.push(deployment.toJson());
      return [];
    });
    expect(app.synthYaml()).toContain('replicas: 1\n');
    expect(app.synthYaml()).toContain('replicas: 2\n');
    expect(seen).toMatchObject([{ spec: { replicas: 1 } }, { spec: { replicas: 2 } }]);
  });

  it('writes a patch that comes after a check', () => {
    const { app, deployment } = counting();
    followSynths(app);
    addFinalCheck(app, () => {
      deployment.toJson();
      deployment.addJsonPatch(JsonPatch.add('/metadata/labels', { late: 'yes' }));
      return [];
    });
    expect(app.synthYaml()).toContain('late: "yes"');
  });

  it('leaves nothing behind, also when it fails', () => {
    const { app, deployment } = counting();
    followSynths(app);
    addFinalCheck(app, () => {
      deployment.toJson();
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

  it('is of an app only: a chart that stands alone has none', () => {
    const { app, deployment } = counting();
    expect(app.synthYaml()).toContain('replicas: 1\n');
    followSynths(new Chart(undefined as unknown as App, 'alone'));
    expect(synthAround(deployment)).toBeUndefined();
  });
});
