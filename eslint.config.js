import tseslint from 'typescript-eslint'
import vue from 'eslint-plugin-vue'
import { WRITING_PRISMA_CALLS, RESTRICTED_ENV, RESTRICTED_IMPURE } from './test/architecture/bans.mjs'

const typed = {
  parser: tseslint.parser,
  parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
}

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', 'src/storage/generated/**', 'prisma/generated/**', 'data/**'] },
  {
    files: ['src/**/*.ts', 'test/**/*.ts'],
    ignores: ['src/web/**'],
    languageOptions: typed,
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-restricted-syntax': ['error', RESTRICTED_ENV, ...WRITING_PRISMA_CALLS],
    },
  },
  {
    files: ['src/{base,flow,domain}/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', RESTRICTED_ENV, ...WRITING_PRISMA_CALLS, ...RESTRICTED_IMPURE] },
  },
  { files: ['src/config.ts', 'test/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  ...vue.configs['flat/recommended'].map((config) => ({ ...config, files: ['src/web/**/*.vue'] })),
  {
    files: ['src/web/**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
    },
  },
  { files: ['src/web/**/*.ts'], languageOptions: { parser: tseslint.parser } },
)
