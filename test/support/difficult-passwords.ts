/** Passwords that programs mistake for parts of a URL, of a template or of another text. */
export const DIFFICULT_PASSWORDS: readonly string[] = [
  'p@ss:w/rd?#[]%+&=é',
  'with blanks  and +plus+',
  ' around ',
  '%41%2F%25',
  '{{ .user }}%s{{end}}',
  '"quotes"\'`\\back\\slash',
  '<html>&amp;',
  'line\nbreak\tand tab',
  'öäü-日本-😀',
  'a\u2028\u2029\u00a0b',
  '$(id)${HOME}$HOME',
  "!*'();:@&=+$,/?#[]~-_.",
  '0123',
  '+',
];
