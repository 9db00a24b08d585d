import { coloured } from '../../colours';
import type { PublishResult } from '../result';
import { formatHuman } from './human';
import { formatJson } from './json';
import { formatMarkdown } from './markdown';

/** How the summary of a publish is printed. */
export const PUBLISH_FORMATS = {
  human: (result, hasColours) => (hasColours ? coloured(formatHuman(result)) : formatHuman(result)),
  markdown: formatMarkdown,
  json: formatJson,
} satisfies Record<string, (result: PublishResult, hasColours: boolean) => string>;
