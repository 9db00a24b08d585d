import { CONTROLLERS } from '../../lib/ingress/controllers';
import { type Capability, IngressFeature } from '../../lib/ingress/features';
import { evidenceText } from './evidence';

const FEATURES = Object.values(IngressFeature);

/** Every controller and feature as Markdown: a matrix of the levels, then what each controller does about each feature. */
export function capabilitiesMarkdown(): string {
  return [matrix(), ...CONTROLLERS.map(notes)].join('\n\n');
}

function matrix(): string {
  const names = CONTROLLERS.map(({ name }) => shortName(name));
  return table(
    ['feature', ...names],
    FEATURES.map((feature) => [
      feature,
      ...CONTROLLERS.map(({ capabilities }) => {
        const { level, since } = capabilities[feature];
        return since === undefined ? level : `${level} (${since})`;
      }),
    ]),
  );
}

function notes({ name, capabilities }: (typeof CONTROLLERS)[number]): string {
  const rows = FEATURES.map((feature) => [
    feature,
    capabilities[feature].level,
    noteOf(capabilities[feature]),
    evidenceText(name, feature, capabilities[feature]),
  ]);
  const head = ['feature', 'level', 'by what, how it differs, or what has to be set where', 'seen on'];
  return `#### \`${name}\`\n\n${table(head, rows)}`;
}

function noteOf({ note, since }: Capability): string {
  return since === undefined ? note : `${note}; from version ${since}`;
}

/** `IngressController.f5Nginx()` as `f5Nginx`. */
function shortName(name: string): string {
  return `\`${name.replace(/^IngressController\.|\(.*\)$/g, '')}\``;
}

function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
