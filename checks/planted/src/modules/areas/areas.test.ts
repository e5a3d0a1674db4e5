export const tests = 1;
