/** Of the runs of a property, `npm test` makes one in so many: the first ones from its seed. */
const SHARE = 4;

/** How often a property is tried. `npm run explore`, which names a seed, tries it as often as is said here. */
export function runs(exploring: number): { readonly numRuns: number } {
  return { numRuns: process.env['PROPERTY_SEED'] === undefined ? Math.ceil(exploring / SHARE) : exploring };
}
