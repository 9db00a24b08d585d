import { ApiObject, App, Chart, JsonPatch, YamlOutputType } from 'cdk8s';
import { ConfigMap, Secret } from 'cdk8s-plus-28';
import { Guardrails, type GuardrailsOptions, RuleLevel } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { ingressOptions, textEmbeddingNim } from '../support/nims';
import { runApp } from '../support/programs';

/** Runs an app with one NIM, the guardrails, and what the test adds before them. */
function run(change: (chart: Chart) => void, options: GuardrailsOptions = {}): string | undefined {
  return runApp((app) => {
    const chart = new Chart(app, 'production', { namespace: 'embeddings' });
    change(chart);
    Guardrails.of(app, options);
  }).error;
}

function nim(chart: Chart): ReturnType<typeof textEmbeddingNim> {
  return textEmbeddingNim({ ingress: ingressOptions(chart) }, chart);
}

describe('Guardrails', () => {
  it('let a NIM pass', () => {
    expect(run(nim)).toBeUndefined();
  });

  it('fail the synth with rule, object, field and fix', () => {
    const error = run((chart) => {
      nim(chart).service.service.addJsonPatch(JsonPatch.replace('/spec/type', 'NodePort'));
    });
    expect(error).toContain(
      'service-only-api-port: Service embeddings/text-embedding, spec.type: the type is NodePort; set type: ClusterIP',
    );
  });

  it('see the objects in a List', () => {
    const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'public', namespace: 'embeddings' } };
    const error = run((chart) => {
      const list = new ApiObject(chart, 'list', { apiVersion: 'v1', kind: 'List' });
      list.addJsonPatch(
        JsonPatch.add('/items', [{ ...service, spec: { type: 'LoadBalancer', ports: [{ port: 80 }] } }]),
      );
    });
    expect(error).toContain('service-only-api-port: Service embeddings/public, spec.type: the type is LoadBalancer');
  });

  it('see patches on the workload', () => {
    const error = run((chart) => {
      nim(chart).deployment.deployment.addJsonPatch(JsonPatch.add('/spec/template/spec/hostIPC', true));
    });
    expect(error).toContain(
      'pod-security-restricted: Deployment embeddings/text-embedding, spec.template.spec.hostIPC',
    );
  });

  it('see what a validation of others changes', () => {
    const error = run((chart) => {
      const { deployment } = nim(chart).deployment;
      let rounds = 0;
      chart.node.addValidation({
        validate: () => {
          rounds += 1;
          if (rounds === 1) {
            deployment.addJsonPatch(JsonPatch.add('/spec/template/spec/hostIPC', true));
          }
          return [];
        },
      });
    });
    expect(error).toContain('pod-security-restricted: Deployment embeddings/text-embedding');
  });

  it('see objects that others made', () => {
    const error = run((chart) => new Secret(chart, 'secret', { stringData: { key: 'value' } }));
    expect(error).toContain('no-literal-secret: Secret embeddings/');
  });

  it('write nothing when they fail', () => {
    const outcome = runApp((app) => {
      new Secret(new Chart(app, 'production'), 'secret', { stringData: { key: 'value' } });
      Guardrails.of(app);
    });
    expect(outcome.files).toEqual([]);
  });

  it('report warnings without failing, unless they are strict', () => {
    const change = (chart: Chart): void => {
      nim(chart).deployment.deployment.addJsonPatch(JsonPatch.remove('/spec/template/spec/enableServiceLinks'));
    };
    expect(run(change)).toBeUndefined();
    expect(run(change, { strict: true })).toContain('no-service-links: Deployment embeddings/text-embedding');
  });

  it('accept what is acknowledged, and report it with its reason', () => {
    const app = new App();
    const chart = new Chart(app, 'production', { namespace: 'embeddings' });
    new ConfigMap(chart, 'config', { metadata: { name: 'config' }, data: { API_TOKEN: 'public' } });
    const guardrails = Guardrails.of(app, {
      acknowledgements: [{ rule: 'no-literal-secret', kind: 'ConfigMap', reason: 'the token is public' }],
    });
    expect(guardrails.report()).toMatchObject({
      findings: [],
      acknowledged: [
        {
          finding: { rule: 'no-literal-secret', level: RuleLevel.ERROR, kind: 'ConfigMap', path: 'data.API_TOKEN' },
          reason: 'the token is public',
        },
      ],
    });
  });

  it('report objects that they do not know', () => {
    const app = new App();
    const chart = new Chart(app, 'production', { namespace: 'embeddings' });
    new ApiObject(chart, 'gadget', { apiVersion: 'example.com/v1', kind: 'Gadget', metadata: { name: 'gadget' } });
    expect(Guardrails.of(app).report().notChecked).toEqual(['Gadget embeddings/gadget']);
  });

  it('read the app only when it is rendered', () => {
    const error = runApp((app) => {
      Guardrails.of(app);
      new Secret(new Chart(app, 'production'), 'secret', { stringData: { key: 'value' } });
    }).error;
    expect(error).toContain('no-literal-secret');
  });

  it.each(Object.values(YamlOutputType).filter((type) => typeof type !== 'string'))(
    'say everything once with the output type %s',
    (yamlOutputType) => {
      const { error } = runApp(
        (app) => {
          new Chart(app, 'other');
          new Secret(new Chart(app, 'production'), 'secret', { stringData: { key: 'value' } });
          Guardrails.of(app);
        },
        { yamlOutputType },
      );
      expect(error?.match(/no-literal-secret/g)).toHaveLength(1);
    },
  );

  it('check for one version of Kubernetes', () => {
    const change = (chart: Chart): void => {
      nim(chart).deployment.deployment.addJsonPatch(
        JsonPatch.add('/spec/template/spec/containers/0/livenessProbe/httpGet/host', 'localhost'),
      );
    };
    expect(run(change, { kubernetesVersion: '1.33' })).toBeUndefined();
    expect(run(change, { kubernetesVersion: '1.34' })).toContain('livenessProbe.httpGet.host');
  });

  it('refuse an acknowledgement of a rule that does not exist', () => {
    expect(() => Guardrails.of(new App(), { acknowledgements: [{ rule: 'no-secret', reason: 'a' }] })).toThrow(
      'Guardrails acknowledgements[0] rule: "no-secret" is refused: there is no such rule; write one of no-literal-secret, ',
    );
  });

  it('refuse an acknowledgement without a reason', () => {
    expect(() => Guardrails.of(new App(), { acknowledgements: [{ rule: 'probes', reason: ' ' }] })).toThrow(
      'Guardrails acknowledgements[0] reason: " " is refused: it is empty; write why the finding may stay',
    );
  });

  it('refuse a version that they do not know', () => {
    expect(() => Guardrails.of(new App(), { kubernetesVersion: '1.20' })).toThrow(
      'Guardrails kubernetesVersion: "1.20" is refused',
    );
  });
});

describe('Guardrails over one app for many clusters', () => {
  const APART = { yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE };

  it('let the same names pass in charts of their own', () => {
    const { error } = runApp((app) => {
      for (const cluster of ['berlin', 'tokyo']) {
        nim(new Chart(app, cluster, { namespace: 'embeddings' }));
      }
      Guardrails.of(app);
    }, APART);
    expect(error).toBeUndefined();
  });

  it('judge each cluster alone: what protects one protects no other', () => {
    const { error } = runApp((app) => {
      nim(new Chart(app, 'berlin', { namespace: 'embeddings' }));
      const tokyo = nim(new Chart(app, 'tokyo', { namespace: 'embeddings' }));
      tokyo.service.networkPolicy.addJsonPatch(JsonPatch.replace('/spec/podSelector/matchLabels', { app: 'other' }));
      Guardrails.of(app);
    }, APART);
    expect(error).toContain('pod-network-policy: Deployment embeddings/text-embedding');
  });

  it('say once what is wrong with an object that all clusters share', () => {
    const { error } = runApp((app) => {
      new Secret(new Chart(app, 'shared', { namespace: 'embeddings' }), 'secret', { stringData: { key: 'value' } });
      for (const cluster of ['berlin', 'tokyo']) {
        nim(new Chart(app, cluster, { namespace: 'embeddings' }));
      }
      Guardrails.of(app);
    }, APART);
    expect(error?.match(/no-literal-secret/g)).toHaveLength(1);
  });
});
