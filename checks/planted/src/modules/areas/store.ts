import { gone } from './gone.ts'; // nothing-unresolved
import { tests } from './areas.test.ts'; // no-test-code-in-the-product
import fastq from 'fastq'; // no-undeclared-package
import { vi } from 'vitest'; // no-dev-package-in-the-product
export const store = [gone, tests, fastq, vi];
