import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { roomImports } from './scripts/lint/room-imports.mjs';

export default defineConfig(
  globalIgnores([
    '**/node_modules/',
    '**/build/',
    'packages/',
    '**/dist/',
    '**/.cache/',
    'coverage/',
    'site/',
    'imports/',
    'test/golden/',
  ]),
  eslint.configs.recommended,
  {
    files: ['**/*.{ts,mts,cts}'],
    extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.{ts,mts,cts,mjs,cjs}'],
    rules: { 'max-lines': ['error', { max: 300 }] },
  },
  {
    // Property access by index signature is the compiler's business (noPropertyAccessFromIndexSignature asks for brackets).
    files: ['**/*.{ts,mts,cts}'],
    rules: { '@typescript-eslint/dot-notation': 'off' },
  },
  {
    files: ['lib/**/*.ts'],
    plugins: { house: { rules: { 'room-imports': roomImports } } },
    rules: { 'house/room-imports': 'error' },
  },
  {
    // The fields of a manifest may have no text at all: `{ toString: false }` is valid YAML.
    files: ['lib/{manifests,guardrails}/**/*.ts'],
    rules: { '@typescript-eslint/no-base-to-string': ['error', { checkUnknown: true }] },
  },
  {
    // The library runs in sandboxes without files, child processes or environment.
    files: ['lib/**/*.ts'],
    // The command line is a program of its own; lib/index.ts does not load it.
    ignores: ['lib/cli/**'],
    rules: {
      'no-console': 'error',
      'no-restricted-globals': ['error', 'process', 'require', 'fetch'],
    },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        console: 'readonly',
        fetch: 'readonly',
        performance: 'readonly',
        process: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
  prettier,
);
