/**
 * Evaluates the part of Go's text/template that the rendered templates of operators use: fields, variables, string literals,
 * parentheses, pipes, `if … end`, and the functions in `FUNCTIONS` of sprig. Anything else is an error, so a template that the
 * operator would have to interpret in another way cannot pass unseen.
 */
export function evaluateTemplate(template: string, values: Readonly<Record<string, unknown>>): string {
  const variables = new Map<string, unknown>();
  const open: boolean[] = [];
  let output = '';
  for (const [index, part] of template.split(/\{\{(.*?)\}\}/).entries()) {
    const shown = open.every((condition) => condition);
    if (index % 2 === 0) {
      output += shown ? part : '';
      continue;
    }
    const [, keyword, variable, pipeline = ''] = /^\s*(?:(if)\s|(?:(\$\w+)\s*:=))?(.*?)\s*$/.exec(part) ?? [];
    if (pipeline === 'end') {
      if (open.pop() === undefined) {
        throw new Error('end without if');
      }
    } else if (keyword === 'if') {
      open.push(shown && isTrue(new Pipeline(pipeline, values, variables).evaluate()));
    } else if (shown) {
      const value = new Pipeline(pipeline, values, variables).evaluate();
      if (variable !== undefined) {
        variables.set(variable, value);
      } else if (typeof value === 'string') {
        output += value;
      } else {
        throw new Error(`cannot print ${JSON.stringify(value)}`);
      }
    }
  }
  if (open.length > 0) {
    throw new Error('if without end');
  }
  return output;
}

const TOKEN = /\s*(?:(\.[A-Za-z_]\w*)|(\$[A-Za-z_]\w*)|("(?:[^"\\]|\\.)*")|([A-Za-z]\w*)|([|()]))/y;

class Pipeline {
  private readonly tokens: string[];
  private position = 0;

  public constructor(
    action: string,
    private readonly values: Readonly<Record<string, unknown>>,
    private readonly variables: ReadonlyMap<string, unknown>,
  ) {
    this.tokens = tokenize(action.trim());
  }

  public evaluate(): unknown {
    const result = this.pipeline();
    if (this.position < this.tokens.length) {
      throw new Error(`unexpected ${JSON.stringify(this.tokens[this.position])}`);
    }
    return result;
  }

  private pipeline(): unknown {
    let result = this.command([]);
    while (this.tokens[this.position] === '|') {
      this.position += 1;
      result = this.command([result]);
    }
    return result;
  }

  /** One function with its arguments, or one operand; the value of a pipe is the last argument. */
  private command(piped: readonly unknown[]): unknown {
    const operands: unknown[] = [];
    const head = this.tokens[this.position];
    const isFunction = head !== undefined && /^[A-Za-z]/.test(head);
    if (isFunction) {
      this.position += 1;
    }
    for (let token = this.tokens[this.position]; token !== undefined && token !== '|' && token !== ')';) {
      operands.push(this.operand());
      token = this.tokens[this.position];
    }
    operands.push(...piped);
    if (isFunction) {
      return call(head, operands);
    }
    if (operands.length !== 1) {
      throw new Error(`expected one operand, got ${operands.length}`);
    }
    return operands[0];
  }

  private operand(): unknown {
    const token = this.tokens[this.position] ?? '';
    this.position += 1;
    if (token === '(') {
      const result = this.pipeline();
      if (this.tokens[this.position] !== ')') {
        throw new Error('missing ")"');
      }
      this.position += 1;
      return result;
    }
    if (token.startsWith('.')) {
      const value = this.values[token.slice(1)];
      if (value === undefined) {
        throw new Error(`no value for ${token} (missingkey=error)`);
      }
      return value;
    }
    if (token.startsWith('$')) {
      if (!this.variables.has(token)) {
        throw new Error(`undefined variable ${token}`);
      }
      return this.variables.get(token);
    }
    if (token.startsWith('"')) {
      return JSON.parse(token);
    }
    if (/^[A-Za-z]/.test(token)) {
      return call(token, []);
    }
    throw new Error(`unexpected ${JSON.stringify(token)}`);
  }
}

function tokenize(action: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < action.length) {
    const start = TOKEN.lastIndex;
    const [, ...groups] = TOKEN.exec(action) ?? [];
    const token = groups.find((group) => group !== undefined);
    if (token === undefined) {
      throw new Error(`cannot read ${JSON.stringify(action.slice(start))}`);
    }
    tokens.push(token);
  }
  return tokens;
}

/** Functions of a fixed number of arguments, and how many they take. */
const FUNCTIONS: Record<string, readonly [number, (...operands: unknown[]) => unknown]> = {
  trim: [1, (value) => goTrimSpace(text(value))],
  toJson: [1, (value) => goJson(text(value))],
  b64enc: [1, (value) => Buffer.from(text(value), 'utf8').toString('base64')],
  fromJson: [1, (value) => parsed(text(value))],
  dict: [0, () => ({})],
  get: [2, (map, key) => object(map)[text(key)] ?? ''],
  default: [2, (fallback, value) => (isTrue(value) ? value : fallback)],
  kindIs: [2, (kind, value) => kindOf(value) === kind],
  has: [2, (needle, list) => (list as unknown[]).includes(needle)],
  not: [1, (value) => !isTrue(value)],
  and: [2, (left, right) => (isTrue(left) ? right : left)],
  urlquery: [1, (value) => goQueryEscape(text(value))],
  replace: [3, (old, replacement, value) => text(value).replaceAll(text(old), text(replacement))],
  fail: [
    1,
    (message) => {
      throw new Error(text(message));
    },
  ],
};

function call(name: string, operands: unknown[]): unknown {
  if (name === 'printf') {
    const [format, ...values] = operands.map(text);
    return printf(format ?? '', values);
  }
  if (name === 'list') {
    return operands;
  }
  const [count, run] = FUNCTIONS[name] ?? [];
  if (run === undefined) {
    throw new Error(`unknown function ${name}`);
  }
  if (operands.length !== count) {
    throw new Error(`${name} takes ${count}, got ${operands.length}`);
  }
  return run(...operands);
}

/** What Go and sprig take for false and for empty: the zero value of a kind. */
function isTrue(value: unknown): boolean {
  return kindOf(value) === 'map' || Array.isArray(value) ? Object.keys(value as object).length > 0 : Boolean(value);
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) {
    return 'invalid';
  }
  const kinds: Record<string, string> = { object: 'map', number: 'float64', boolean: 'bool' };
  return Array.isArray(value) ? 'slice' : (kinds[typeof value] ?? typeof value);
}

function text(value: unknown): string {
  if (typeof value !== 'string') {
    throw new Error(`wrong type for value; expected string; got ${kindOf(value)}`);
  }
  return value;
}

function object(value: unknown): Record<string, unknown> {
  if (kindOf(value) !== 'map') {
    throw new Error(`wrong type for value; expected map[string]interface {}; got ${kindOf(value)}`);
  }
  return value as Record<string, unknown>;
}

/** sprig gives nothing for what is no JSON. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function printf(format: string, values: string[]): string {
  const rest = [...values];
  const result = format.replace(/%(.?)/g, (_, verb: string) => {
    if (verb === '%') {
      return '%';
    }
    const value = rest.shift();
    if (verb !== 's' || value === undefined) {
      throw new Error(`printf cannot do %${verb} here`);
    }
    return value;
  });
  if (rest.length > 0) {
    throw new Error('printf has arguments left');
  }
  return result;
}

/** Go's `strings.TrimSpace`: Unicode White_Space, which knows U+0085 and does not know U+FEFF. */
function goTrimSpace(value: string): string {
  return value.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}

/** Go's `url.QueryEscape`: everything but letters, digits and `-_.~`, and a blank as "+". */
function goQueryEscape(value: string): string {
  return encodeURIComponent(value)
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+');
}

/** Go's `json.Marshal` of a string: like `JSON.stringify`, and HTML characters and the two line separators escaped. */
function goJson(value: string): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
