import { App, Chart } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { addFinalCheck } from '../../lib/common/final-check';

function errorOf(app: App): Error {
  try {
    app.synthYaml();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was refused');
}

describe('a check at the end of a program', () => {
  it('lets it go on where nothing is found', () => {
    const app = new App();
    addFinalCheck(app, () => []);
    expect(() => app.synthYaml()).not.toThrow();
  });

  it('tells what every check has found, those of others too, as cdk8s does', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    addFinalCheck(app, () => []);
    addFinalCheck(app, () => ['first']);
    addFinalCheck(chart, () => ['second', 'third']);
    chart.node.addValidation({ validate: () => ['of somebody else'] });
    const text = [
      'Validation failed with the following errors:',
      '  [] first',
      '  [chart] second',
      '  [chart] third',
      '  [chart] of somebody else',
    ].join('\n');
    expect(errorOf(app).message).toBe(text);
    // Once more: nothing of the first time is left.
    expect(errorOf(app).message).toBe(text);
  });

  it('shows the lines of the program, and none of packages', () => {
    const app = new App();
    addFinalCheck(app, () => ['wrong']);
    const { stack } = errorOf(app);
    expect(stack).toContain('final-check.test.ts');
    expect(stack).not.toMatch(/node_modules|node:/);
  });

  it('throws what a check throws, and the next run starts anew', () => {
    const app = new App();
    let broken = true;
    addFinalCheck(app, () => ['wrong']);
    app.node.addValidation({
      validate: () => {
        if (broken) {
          throw new Error('broken');
        }
        return [];
      },
    });
    expect(errorOf(app).message).toBe('broken');
    broken = false;
    expect(errorOf(app).message).toContain('[] wrong');
  });
});
