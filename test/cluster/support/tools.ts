import { existsSync } from 'node:fs';
import { describe, it } from 'vitest';
import { COMPONENTS, TOOLS } from '../../../scripts/cluster/tools';
import type { Tool } from '../../../scripts/tools/tool';

export type Component = keyof typeof TOOLS;

export function executable(component: Component): string {
  return COMPONENTS.executableOf(TOOLS[component]);
}

/**
 * A describe that needs components. Without one of the core its tests fail, since a proof that skips itself proves nothing;
 * without another one they are skipped by name, unless everything was asked for.
 */
export function describeWith(components: readonly Component[], name: string, tests: () => void): void {
  const lacking = components.find((component) => !existsSync(executable(component)));
  if (lacking === undefined) {
    describe(name, tests);
    return;
  }
  const tool: Tool = TOOLS[lacking];
  const reason = `${lacking} ${tool.version} is not built: npm run cluster:install -- ${lacking}`;
  if (tool.onDemand === true && process.env['CLUSTER_ALL'] === undefined) {
    console.log(`skipped: ${name}: ${reason}`);
    describe.skip(`${name}: ${reason}`, tests);
  } else {
    describe(name, () => {
      it('has its components', () => {
        throw new Error(reason);
      });
    });
  }
}
