import { AUTHENTICATION, type Decision, RATE_LIMIT } from '../../lib/guardrails/ingress-decisions';
import { RULES } from '../../lib/guardrails/rules';
import { LANGUAGES } from '../../lib/manifests/controllers';
import { page, table } from './markdown';

/** The catalogue of rules, and what they take for a rate limit and for authentication. */
export function rulesPage(): string {
  return page(
    'The rules',
    '`lib/guardrails/rules` and `lib/ingress/controllers`',
    'How they are run, and how a finding is acknowledged, is in [guardrails.md](guardrails.md).',
    table(
      ['rule', 'level', 'what it asks for'],
      RULES.map(({ id, level, what }) => [`[${id}](#${id})`, level, what]),
    ),
    ...RULES.map(({ id, why, fix }) => `## ${id}\n\nWhy: ${why}\n\nWhat to write: ${fix}.`),
    '## Rate limits that are recognised',
    decisions(RATE_LIMIT),
    '## Authentication that is recognised',
    decisions(AUTHENTICATION),
  );
}

function decisions(decision: Decision): string {
  return table(
    ['object', 'controller', 'what is looked for'],
    LANGUAGES.flatMap((language) =>
      decision.waysIn(language).map(({ how }) => [language.door.replace(/^.*\//, ''), language.name, how]),
    ),
  );
}
