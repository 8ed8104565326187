// Every rule is an error or absent: `npm run lint` allows no warning.
import reactHooks from 'eslint-plugin-react-hooks';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import tseslint from 'typescript-eslint';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = [
  'shared/**/*.ts',
  'electron/**/*.ts',
  'renderer/**/*.{ts,tsx}',
  'e2e/**/*.ts',
  'bench/**/*.ts',
  '.config/*.ts',
];
const tests = [
  '**/*.test.{ts,tsx}',
  'electron/core/**/*-contract.ts',
  'electron/core/**/test-*.ts',
  'e2e/**',
  '**/testing/**',
];

/** Shared settings of plug-ins come as warnings here and there. */
const asErrors = (rules) =>
  Object.fromEntries(
    Object.entries(rules).map(([name, setting]) => {
      const [level, ...options] = Array.isArray(setting) ? setting : [setting];
      return [name, level === 'off' || level === 0 ? 'off' : ['error', ...options]];
    }),
  );

const typescriptRules = Object.assign({}, ...tseslint.configs.strictTypeChecked.map((config) => config.rules ?? {}));

const ownRules = {
  'max-lines': ['error', { max: 300 }],
  'max-lines-per-function': ['error', { max: 60 }],
  complexity: ['error', 10],
  eqeqeq: 'error',
  'no-console': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-restricted-syntax': [
    'error',
    { selector: 'ExportDefaultDeclaration', message: 'Export by name: a thing has one name everywhere.' },
    { selector: 'TSEnumDeclaration', message: 'Use a union of literals.' },
    { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' },
  ],
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-unused-vars': [
    'error',
    { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
  ],
  // `() => void call()` and handlers of one line read well; promises in void places are still refused.
  '@typescript-eslint/no-confusing-void-expression': [
    'error',
    { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
  ],
  '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
  // tsconfig's noPropertyAccessFromIndexSignature is off; both spellings mean the same.
  '@typescript-eslint/dot-notation': 'off',
};

const config = [
  {
    ignores: [
      'node_modules/',
      'dist/',
      'dist-package/',
      'release/',
      'test-results/',
      'tor-bin/',
      '**/*.d.ts',
      '**/*.d.mts',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: sources,
    languageOptions: { parser: tseslint.parser, parserOptions: { projectService: true, tsconfigRootDir: root } },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: { ...asErrors(typescriptRules), ...ownRules },
  },
  {
    files: ['renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks, 'jsx-a11y': jsxA11y },
    rules: {
      ...asErrors(reactHooks.configs.recommended.rules),
      ...asErrors(jsxA11y.flatConfigs.strict.rules),
      // In a program used by keyboard each view and dialog says where the focus starts.
      'jsx-a11y/no-autofocus': 'off',
      // Speaks of the React Compiler, with which nothing here is built.
      'react-hooks/incompatible-library': 'off',
    },
  },
  {
    files: tests,
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      // A test says what is there by using it; the test fails when it is not.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  { files: ['.config/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  { files: ['electron/headless/**/*.ts', 'bench/**/*.ts', 'e2e/demo/**/*.ts'], rules: { 'no-console': 'off' } },
  {
    files: ['scripts/**/*.{mjs,cjs}', '.config/*.{mjs,cjs}'],
    languageOptions: { ecmaVersion: 2023 },
    rules: {
      'max-lines': ownRules['max-lines'],
      'max-lines-per-function': ownRules['max-lines-per-function'],
      complexity: ownRules.complexity,
      eqeqeq: 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-undef': 'off',
    },
  },
];

export default config;
