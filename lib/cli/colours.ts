const RESET = '\u001b[0m';
const [RED, GREEN, YELLOW] = ['\u001b[31m', '\u001b[32m', '\u001b[33m'];

/** What the signs at the beginning of a line mean. */
const SIGNS: Readonly<Record<string, string>> = { '+': GREEN, '-': RED, '~': YELLOW, '!': YELLOW };
/** The words behind a place that say how much a line weighs. */
const WORDS: Readonly<Record<string, string>> = { error: RED, problem: RED, refused: RED, warning: YELLOW };

const SIGN = /^( *)([-+~!])(?= )/;
const WORD = new RegExp(`(?<=(?:^|: ))(${Object.keys(WORDS).join('|')})(?=[ :])`);

/** A text for people in colours: each line by its sign, or by the word that says how much it weighs. */
export function coloured(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      SIGN.test(line)
        ? line.replace(SIGN, (_, blanks: string, sign: string) => `${blanks}${SIGNS[sign] ?? ''}${sign}${RESET}`)
        : line.replace(WORD, (word) => `${WORDS[word] ?? ''}${word}${RESET}`),
    )
    .join('\n');
}

/** Whether colours are wanted: on a terminal that has them, unless somebody has turned them off (https://no-color.org). */
export function wantsColours(isTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): boolean {
  return isTerminal && (environment['NO_COLOR'] ?? '') === '' && environment['TERM'] !== 'dumb';
}
