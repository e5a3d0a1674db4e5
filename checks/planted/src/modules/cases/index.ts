import { messages } from '../messages/index.ts'; // layer-cases
export const cases: unknown = [messages];
