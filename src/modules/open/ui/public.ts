export { Home } from './home/home.tsx';
export { Broken, NotFound } from './home/dead-ends.tsx';
export { Announcer } from './pieces/announce.tsx';
export { Loading } from './pieces/problem.tsx';
export { SettingsProvider, useSettings } from './pieces/settings.tsx';
export { type Screen, screens } from './screens.ts';
