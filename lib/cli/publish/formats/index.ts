import type { PublishResult } from '../result';
import { formatHuman } from './human';
import { formatJson } from './json';
import { formatMarkdown } from './markdown';

/** How the summary of a publish is printed. */
export const PUBLISH_FORMATS = { human: formatHuman, markdown: formatMarkdown, json: formatJson } satisfies Record<
  string,
  (result: PublishResult) => string
>;
