import { defineConfig } from 'vitest/config';

// A file to which .ci/run has the counts written.
const json = process.env['VITEST_JSON'];

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // One worker keeps its modules from file to file: many times quicker, and safe since nothing here has global state.
    pool: 'threads',
    isolate: false,
    testTimeout: 60_000,
    // Colours are on under CI, and would stand between the words that tests look for.
    env: { NO_COLOR: '1' },
    reporters: json === undefined ? ['default'] : ['default', ['json', { outputFile: json }]],
  },
});
