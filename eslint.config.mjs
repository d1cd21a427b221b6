import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import { defineConfig } from 'eslint/config';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import exo from './test/rules/plugin.mjs';

export default defineConfig(
  {
    ignores: [
      'dist/**',
      'gen/**',
      'storybook-static/**',
      'coverage/**',
      'test-results/**',
      'playwright-report/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // numbers are safe to print; objects and undefined are not
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // `x || y` is what is meant where an empty string counts as nothing
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      // message shapes and schemas are `type` where they are unions and `interface` where they are not; both read well
      '@typescript-eslint/consistent-type-definitions': 'off',
      // lib.dom says that document, crypto.subtle or reportError are always there: not in Node, not in every context
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // a getter is no field: Symbol.toStringTag and the brands stay off the instance
      '@typescript-eslint/class-literal-property-style': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    extends: [lit['flat/all'], wc['flat/best-practice']],
    plugins: { 'lit-a11y': litA11y, exo },
    languageOptions: { globals: globals.browser },
    rules: {
      ...litA11y.configs.recommended.rules,
      // handlers that need a row are arrows in its template; measured, they cost nothing that shows
      'lit/no-template-arrow': 'off',
      // `map` is right for short lists whose rows hold no state; tables use `repeat`
      'lit/no-template-map': 'off',
      // no decorators here: `static properties` and `declare` save their helpers' bytes
      'lit/prefer-query-decorators': 'off',
      // a radio button's value is an attribute; those of text fields are bound with `live` and tested
      'lit/no-value-attribute': 'off',
      'no-console': 'error',
      'exo/csp-safe-templates': 'error',
      'exo/fetch-in-transport-only': 'error',
      'exo/no-climbing-import': 'error',
      'exo/no-sentence-outside-i18n': 'error',
      'exo/zod-mini-only': 'error',
    },
  },
  {
    // the one warning of the kit: two versions of it on one page
    files: ['src/ui/define-element.ts'],
    rules: { 'no-console': ['error', { allow: ['warn'] }] },
  },
  {
    // echoes what a client sent, of whatever type
    files: ['src/simulator/**/*.ts'],
    rules: { '@typescript-eslint/no-base-to-string': 'off' },
  },
  {
    files: ['test/**/*.ts', 'stories/**/*.ts'],
    languageOptions: { globals: { ...globals.browser, ...globals.mocha } },
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // chai asserts by reading a property
      '@typescript-eslint/no-unused-expressions': 'off',
      // node:test returns promises that the runner awaits itself
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafeCalls: [
            { from: 'package', name: ['it', 'test', 'describe', 'suite'], package: 'node:test' },
          ],
        },
      ],
    },
  },
  {
    // a plugin of chai types every `equal` as a promise; the one assertion that is one is named instead
    files: ['test/elements/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: "ExpressionStatement > CallExpression[callee.property.name='accessible']",
          message: 'Await it: axe takes a while, and nobody would see what it finds.',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '.ci/**'],
    // functions handed to a page run in the browser
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: { 'no-unused-vars': ['error', { argsIgnorePattern: '^_' }] },
  },
  { files: ['stories/portal/**/*.js'], languageOptions: { globals: globals.browser } },
  prettier,
);
