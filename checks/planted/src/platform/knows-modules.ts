import { main } from '../main.ts'; // main-composes-alone
import { areas } from '../modules/areas/index.ts'; // platform-knows-no-module
import { store } from '../modules/areas/store.ts'; // only-through-the-door-from-outside
import { screens } from '../modules/areas/ui/index.ts'; // server-imports-no-screens
export const all = [main, areas, store, screens];
