import { capabilitiesPage } from './capabilities';
import { exceptionsPage } from './exceptions';
import { metricsPage } from './metrics';
import { productionPicture } from './picture';
import { rulesPage } from './rules';

/** The pages that are made from code, by their paths. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/capabilities.md': capabilitiesPage,
  'docs/exceptions.md': exceptionsPage,
  'docs/metrics.md': metricsPage,
  'docs/production.svg': productionPicture,
  'docs/rules.md': rulesPage,
};
