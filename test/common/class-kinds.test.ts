import { describe, expect, it } from 'vitest';
import { instanceOf } from '../../lib/common/class-kinds';
import { invalid } from '../../lib/common/invalid';

class Level {
  public static readonly LOW = new Level(1);
  public static readonly HIGH = new Level(2);
  public static readonly _internal = new Level(0);
  public static readonly names = ['low', 'high'];

  public static custom(height: number): Level {
    return new Level(height);
  }

  private constructor(public readonly height: number) {}
}

class Plain {
  public readonly text = 'a';
}

/** What another copy of this package has. */
const OTHER_COPY = new (class Level extends class {} {})();

const messageFor = (value: unknown, kind = instanceOf<object>(Level)): string =>
  invalid(...kind.problems('level', value)).message;

describe('an object of a class', () => {
  it('is taken, from wherever it comes', () => {
    expect(instanceOf<object>(Level as never).problems('level', Level.custom(3))).toEqual([]);
  });

  it('is asked for with the members and the factories of the class, and nothing that is internal', () => {
    expect(messageFor('low')).toBe('level: "low" is refused: it has to be a Level; write Level.LOW, HIGH or custom(…)');
  });

  it('is asked for with its constructor, where the class has nothing else', () => {
    expect(messageFor({ text: 'a' }, instanceOf<object>(Plain))).toContain('it has to be a Plain; write new Plain(…)');
  });

  it('is asked for with the members of another class, where its own is abstract', () => {
    const kind = instanceOf<object>(Plain, Level);
    expect(messageFor(1, kind)).toContain('it has to be a Plain; write Level.LOW, HIGH or custom(…)');
  });

  it('of another copy of the package is told from any other value', () => {
    expect(messageFor(OTHER_COPY)).toContain(
      'it is a Level of another copy of cdk8s-nim, which this one cannot read; keep one copy: `npm ls cdk8s-nim` lists them',
    );
  });
});
