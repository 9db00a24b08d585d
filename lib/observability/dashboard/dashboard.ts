import { stableHash } from '../../common/stable-hash';
import type { Panel } from './panel';

/** The width of a dashboard of Grafana, and what a panel takes of it. */
const COLUMNS = 24;
const PANEL = { w: 8, h: 8 };
/** Grafana takes no longer identifiers. */
const LONGEST_UID = 40;
/** The version of the schema of dashboards that this is written after: that of Grafana 11. Newer ones read older schemas. */
const SCHEMA_VERSION = 39;

const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };

/** A dashboard of Grafana, as it imports one. Which Prometheus it asks is chosen on the page. */
export function dashboardJson(title: string, panels: readonly Panel[]): string {
  return `${JSON.stringify(
    {
      uid: uidOf(title),
      title,
      tags: ['cdk8s-nim'],
      schemaVersion: SCHEMA_VERSION,
      editable: false,
      annotations: { list: [] },
      refresh: '1m',
      time: { from: 'now-6h', to: 'now' },
      templating: {
        list: [{ name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' }],
      },
      panels: panels.map(placed),
    },
    undefined,
    2,
  )}\n`;
}

/** The panel in its place: rows of three. */
function placed({ title, description, unit, queries }: Panel, index: number): object {
  const perRow = COLUMNS / PANEL.w;
  return {
    id: index + 1,
    type: 'timeseries',
    title,
    description,
    datasource: DATA_SOURCE,
    gridPos: { ...PANEL, x: (index % perRow) * PANEL.w, y: Math.floor(index / perRow) * PANEL.h },
    fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
    options: {
      legend: { calcs: [], displayMode: 'list', placement: 'bottom', showLegend: true },
      tooltip: { mode: 'multi', sort: 'desc' },
    },
    targets: queries.map(({ expr, legend }, query) => ({
      refId: String.fromCharCode('A'.charCodeAt(0) + query),
      datasource: DATA_SOURCE,
      expr,
      legendFormat: legend,
    })),
  };
}

/** Stable, so that a link to the dashboard stays right. */
function uidOf(title: string): string {
  const uid = title.replaceAll(/[^A-Za-z0-9-]/g, '-');
  const hash = stableHash(title).toString(16).padStart(8, '0');
  return uid.length <= LONGEST_UID ? uid : `${uid.slice(0, LONGEST_UID - hash.length - 1)}-${hash}`;
}
