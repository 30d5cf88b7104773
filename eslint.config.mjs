import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import jest from 'eslint-plugin-jest';
import { readFileSync } from 'node:fs';
import ts from 'typescript-eslint';

const manifest = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Lines of code of a function that fit on a screen; test/structure holds C++ to the same. */
const MOST_LINES = 60;

/**
 * Packages that need not be there, the addons among them; what finds those of a checkout; and the
 * simulator as tegmenta/load has it.
 */
const loadedWhenNeeded = [
  ...Object.keys(manifest.peerDependencies).map((name) => `^${name}$`),
  '^@tegmenta/',
  '^node-gyp-build$',
  '^\\./index$',
];

export default defineConfig(
  globalIgnores(['build', 'dist', 'out', 'prebuilds', 'docs', 'coverage', 'results']),
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [ts.configs.recommendedTypeChecked, ts.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-require-imports': ['error', { allow: loadedWhenNeeded }],
    },
  },
  {
    files: ['{lib,benchmarks,scripts}/**/*.{ts,mts,cjs,mjs}'],
    rules: {
      'max-lines-per-function': [
        'error',
        { max: MOST_LINES, skipBlankLines: true, skipComments: true },
      ],
    },
  },
  {
    files: ['test/**/*.test.ts'],
    extends: [jest.configs['flat/recommended']],
    // Helpers that assert are named so.
    rules: { 'jest/expect-expect': ['error', { assertFunctionNames: ['expect*'] }] },
  },
  {
    files: ['**/*.cjs', '**/*.mjs'],
    languageOptions: {
      globals: {
        Buffer: 'readonly',
        URL: 'readonly',
        __dirname: 'readonly',
        console: 'readonly',
        module: 'writable',
        process: 'readonly',
        require: 'readonly',
        setInterval: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
);
