/**
 * Evaluates the part of Go's text/template that the rendered ExternalSecrets use: fields, string literals, parentheses,
 * pipes, and the functions `trim`, `toJson`, `b64enc` and `printf` with `%s`. Anything else is an error, so a template that
 * the External Secrets Operator would have to interpret in another way cannot pass unseen.
 */
export function evaluateTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(.*?)\}\}/g, (_, action: string) => new Pipeline(action, values).evaluate());
}

const TOKEN = /\s*(?:(\.[A-Za-z_]\w*)|("(?:[^"\\]|\\.)*")|([A-Za-z]\w*)|([|()]))/y;

class Pipeline {
  private readonly tokens: string[];
  private position = 0;

  public constructor(
    action: string,
    private readonly values: Readonly<Record<string, string>>,
  ) {
    this.tokens = tokenize(action.trim());
  }

  public evaluate(): string {
    const result = this.pipeline();
    if (this.position < this.tokens.length) {
      throw new Error(`unexpected ${JSON.stringify(this.tokens[this.position])}`);
    }
    return result;
  }

  private pipeline(): string {
    let result = this.command();
    while (this.tokens[this.position] === '|') {
      this.position += 1;
      result = this.command(result);
    }
    return result;
  }

  /** One function with its arguments, or one operand; the value of a pipe is the last argument. */
  private command(piped?: string): string {
    const operands: string[] = [];
    const head = this.tokens[this.position];
    const isFunction = head !== undefined && /^[A-Za-z]/.test(head);
    if (isFunction) {
      this.position += 1;
    }
    for (let token = this.tokens[this.position]; token !== undefined && token !== '|' && token !== ')';) {
      operands.push(this.operand());
      token = this.tokens[this.position];
    }
    if (piped !== undefined) {
      operands.push(piped);
    }
    if (isFunction) {
      return call(head, operands);
    }
    const [operand, ...more] = operands;
    if (operand === undefined || more.length > 0) {
      throw new Error(`expected one operand, got ${operands.length}`);
    }
    return operand;
  }

  private operand(): string {
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
    if (token.startsWith('"')) {
      return JSON.parse(token) as string;
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

function call(name: string, operands: string[]): string {
  if (name === 'printf') {
    const [format = '', ...values] = operands;
    return printf(format, values);
  }
  const [value, ...more] = operands;
  if (value === undefined || more.length > 0) {
    throw new Error(`${name} takes one argument, got ${operands.length}`);
  }
  switch (name) {
    case 'trim':
      return goTrimSpace(value);
    case 'toJson':
      return goJson(value);
    case 'b64enc':
      return Buffer.from(value, 'utf8').toString('base64');
    default:
      throw new Error(`unknown function ${name}`);
  }
}

function printf(format: string, values: string[]): string {
  const rest = [...values];
  const text = format.replace(/%(.?)/g, (_, verb: string) => {
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
  return text;
}

/** Go's `strings.TrimSpace`: Unicode White_Space, which knows U+0085 and does not know U+FEFF. */
function goTrimSpace(text: string): string {
  return text.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}

/** Go's `json.Marshal` of a string: like `JSON.stringify`, and HTML characters and the two line separators escaped. */
function goJson(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
