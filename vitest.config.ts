import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2, // for a machine of two cores
    projects: [
      {
        test: {
          name: 'modules',
          include: ['src/**/*.test.ts', 'bench/**/*.test.ts'],
          // One embedded server per run and a database of its own per file, so files may run side by side.
          globalSetup: ['src/platform/testing/global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          // Beside the program as a whole, some walks run on a county whose clock they move.
          globalSetup: ['e2e/support/global-setup.ts', 'src/platform/testing/global-setup.ts'],
          // Each file starts the real process on a data folder of its own and walks whole journeys.
          testTimeout: 180_000,
          // Real browsers on a shared machine stall now and then; what is really broken fails twice.
          retry: 1,
          hookTimeout: 400_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
