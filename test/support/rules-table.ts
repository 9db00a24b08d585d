import { format, resolveConfig } from 'prettier';
import { RULES } from '../../lib/guardrails/rules';
import { AUTHENTICATION, type Decision, RATE_LIMIT } from '../../lib/guardrails/ingress-decisions';
import { LANGUAGES } from '../../lib/manifests/controllers';

/** The tables of docs/guardrails.md by the marker around them, as prettier leaves them. */
export async function guardrailTables(): Promise<Record<string, string>> {
  return {
    rules: await table(
      ['rule', 'level', 'what it asks for', 'why', 'what to write'],
      RULES.map(({ id, level, what, why, fix }) => [`\`${id}\``, level, what, why, `${fix}.`]),
    ),
    'rate-limits': await decisionTable(RATE_LIMIT),
    authentications: await decisionTable(AUTHENTICATION),
  };
}

function decisionTable(decision: Decision): Promise<string> {
  return table(
    ['object', 'controller', 'what is looked for'],
    LANGUAGES.flatMap((language) =>
      decision.waysIn(language).map(({ how }) => [language.door.replace(/^.*\//, ''), language.name, how]),
    ),
  );
}

async function table(head: readonly string[], rows: readonly (readonly string[])[]): Promise<string> {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  const options = await resolveConfig(__filename);
  return format(lines.join('\n'), { ...options, parser: 'markdown' });
}
