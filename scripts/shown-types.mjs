import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const ts = require('typescript');

/**
 * The names of the types that programs use: what they name, what an object literal is taken for, what a member is read of, and
 * the types that those extend.
 */
export function shownTypes(files) {
  const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, '.');
  const program = ts.createProgram(files, options);
  const checker = program.getTypeChecker();
  const shown = new Set();

  const add = (type) => {
    for (const part of type?.isUnion() ? type.types : [type]) {
      const name = part?.symbol?.name;
      if (name === undefined || shown.has(name)) continue;
      shown.add(name);
      if (part.isClassOrInterface()) checker.getBaseTypes(part).forEach(add);
    }
  };
  const addSymbol = (symbol) => {
    if (symbol === undefined) return;
    const named = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    if (named.flags & (ts.SymbolFlags.Class | ts.SymbolFlags.Interface)) add(checker.getDeclaredTypeOfSymbol(named));
    else shown.add(named.name);
  };
  const visit = (node) => {
    if (ts.isObjectLiteralExpression(node)) add(checker.getContextualType(node));
    if (ts.isPropertyAccessExpression(node)) add(checker.getTypeAtLocation(node.expression));
    if (ts.isObjectBindingPattern(node)) add(checker.getTypeAtLocation(node));
    if (ts.isIdentifier(node)) addSymbol(checker.getSymbolAtLocation(node));
    ts.forEachChild(node, visit);
  };
  for (const file of files) visit(program.getSourceFile(file));
  return shown;
}
