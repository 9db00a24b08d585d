import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { EmbeddingModel } from 'cdk8s-nim';
import { dashboardText, EVERYTHING, panelsIn, renderWatchedNim } from '../support/observability';
import { checkExpressions } from './support/promtool';
import { describeWith, executable } from './support/tools';

/** What Grafana's schema says of a dashboard; nothing when it is one. */
function checkSchema(dashboard: string): string {
  const { status, stderr } = spawnSync(executable('grafana-schema'), { input: dashboard, encoding: 'utf8' });
  return status === 0 ? '' : stderr;
}

describeWith(['grafana-schema', 'promtool'], 'the dashboard', () => {
  const renders = {
    'with everything': renderWatchedNim(EVERYTHING),
    'of a NIM alone': renderWatchedNim(),
    'of 2.x': renderWatchedNim({ model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2 }),
  };

  it.each(Object.entries(renders))('%s is one after the schema of Grafana', (_, objects) => {
    expect(checkSchema(dashboardText(objects))).toBe('');
  });

  it.each([
    ['a field of a panel', '"gridPos"', '"gridPosition"'],
    ['an option of its kind', '"tooltip"', '"tip"'],
    ['a field of a query', '"legendFormat"', '"legend"'],
    ['a kind of value', '"editable": false', '"editable": "no"'],
  ])('is not, with %s that Grafana does not know', (_, right, wrong) => {
    const dashboard = dashboardText(renders['with everything']);

    expect(dashboard).toContain(right);
    expect(checkSchema(dashboard.replaceAll(right, wrong))).not.toBe('');
  });

  it('asks in PromQL', () => {
    const expressions = panelsIn(renders['with everything']).flatMap(({ targets }) =>
      targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '5m')),
    );

    expect(expressions.length).toBeGreaterThan(10);
    expect(checkExpressions(expressions)).toBe('');
    expect(checkExpressions([...expressions, 'sum(rate(up{job="x"}))'])).not.toBe('');
  });
});
