// A lint rule: what a file of lib/ imports is what its room may know.
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOMS } from './rooms.mjs';

const ROOT = join(import.meta.dirname, '../..');

export const roomImports = {
  meta: { type: 'problem', schema: [], messages: { wall: '{{from}} imports {{to}}. {{because}}' } },
  create(context) {
    const from = nameOf(context.filename);
    const { room, imports, packages, because } = ROOMS.find((each) => isIn(from, each.room)) ?? ROOMS.at(-1);

    function check({ source }) {
      // In a type, the source is a literal in a type.
      const specifier = source?.literal?.value ?? source?.value;
      if (typeof specifier !== 'string') return;
      const to = specifier.startsWith('.') ? nameOf(join(dirname(context.filename), specifier)) : specifier;
      const allowed = specifier.startsWith('.')
        ? imports.some((each) => isIn(to, each)) || (room.endsWith('/') && to.startsWith(folderOf(from, room)))
        : packages.some((each) => isIn(to, each));
      if (!allowed) context.report({ node: source, messageId: 'wall', data: { from, to, because } });
    }
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportAllDeclaration: check,
      ExportNamedDeclaration: check,
      TSImportType: check,
    };
  },
};

/** A file as the table names it: `nim/gpu` of lib/nim/gpu.ts, with `index` where a folder is imported. */
function nameOf(path) {
  const name = path.replace(/\.ts$/, '');
  const file = existsSync(`${name}.ts`) || !existsSync(join(name, 'index.ts')) ? name : join(name, 'index');
  return relative(ROOT, file)
    .replaceAll('\\', '/')
    .replace(/^lib\//, '');
}

function isIn(name, pattern) {
  return new RegExp(`^${pattern.replaceAll('*', '[^/]+')}${pattern.endsWith('/') ? '' : '$'}`).test(name);
}

/** The folder of a file that is its room. */
function folderOf(name, room) {
  return `${name.split('/', room.split('/').length - 1).join('/')}/`;
}
