import { format, resolveConfig } from 'prettier';
import { RULES } from '../../lib/guardrails/rules';
import { AUTHENTICATIONS, type Detector, RATE_LIMITS } from '../../lib/guardrails/ingress-decisions';

/** The tables of docs/guardrails.md by the marker around them, as prettier leaves them. */
export async function guardrailTables(): Promise<Record<string, string>> {
  return {
    rules: await table(
      ['rule', 'level', 'what it asks for', 'why', 'what to write'],
      RULES.map(({ id, level, what, why, fix }) => [`\`${id}\``, level, what, why, `${fix}.`]),
    ),
    'rate-limits': await detectorTable(RATE_LIMITS),
    authentications: await detectorTable(AUTHENTICATIONS),
  };
}

function detectorTable(detectors: readonly Detector[]): Promise<string> {
  return table(
    ['object', 'controller', 'what is looked for'],
    detectors.map(({ door, controller, how }) => [door.replace(/^.*\//, ''), controller, how]),
  );
}

async function table(head: readonly string[], rows: readonly (readonly string[])[]): Promise<string> {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const options = await resolveConfig(__filename);
  return format(lines.join('\n'), { ...options, parser: 'markdown' });
}
