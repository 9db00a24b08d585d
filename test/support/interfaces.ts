import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const libraryDirectory = join(__dirname, '../../lib');

/** An interface of the library, read from its source. */
export interface SourceInterface {
  readonly name: string;
  /** The file below lib/ that declares it. */
  readonly file: string;
  /** Its own members; those that it inherits belong to the interface that it extends. */
  readonly members: readonly string[];
}

/** Every exported interface of the library, by name. */
export function libraryInterfaces(): Map<string, SourceInterface> {
  const interfaces = readdirSync(libraryDirectory, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts'))
    .flatMap(interfacesIn);
  return new Map(interfaces.map((declared) => [declared.name, declared]));
}

/** The names that the library exports, with the file below lib/ that each comes from. */
export function publicNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of parse('index.ts', read('index.ts')).statements) {
    if (
      ts.isExportDeclaration(statement) &&
      statement.moduleSpecifier !== undefined &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      statement.exportClause !== undefined &&
      ts.isNamedExports(statement.exportClause)
    ) {
      const file = `${statement.moduleSpecifier.text.replace('./', '')}.ts`;
      statement.exportClause.elements.forEach(({ name }) => names.set(name.text, file));
    }
  }
  return names;
}

function interfacesIn(file: string): SourceInterface[] {
  const text = read(file);
  // The compiler takes most of the time of this.
  if (!text.includes('export interface')) return [];
  return parse(file, text)
    .statements.filter(ts.isInterfaceDeclaration)
    .filter(({ modifiers }) => modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true)
    .map(({ name, members }) => ({
      name: name.text,
      file,
      members: members.filter(ts.isPropertySignature).map((member) => member.name.getText()),
    }));
}

function read(file: string): string {
  return readFileSync(join(libraryDirectory, file), 'utf8');
}

function parse(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
}
