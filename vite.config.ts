import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { InlineConfig, Plugin } from 'vite';

export const SHELLS = ['office', 'public'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * How one of the two web applications is built. Two builds, not two entries of one: each has its own base path, and
 * nothing of the office may slip into what a resident's phone loads.
 */
export function webConfig(shell: Shell): InlineConfig {
  return {
    configFile: false,
    root: join(import.meta.dirname, 'src/web', shell),
    base: shell === 'office' ? '/office/' : '/',
    cacheDir: join(import.meta.dirname, '.cache/vite', shell),
    plugins: [react(), textsOfOneLanguage(), zodWithoutEval()],
    resolve: { alias: shell === 'public' ? PREACT_FOR_REACT : [] },
    // MapLibre draws its polygons in a module worker; in the default format they silently never appear.
    worker: { format: 'es' },
    build: {
      outDir: join(import.meta.dirname, 'dist/web', shell),
      emptyOutDir: true,
      manifest: true,
      // Residents bring old phones; offices have browsers of this decade.
      target: shell === 'public' ? ['es2020', 'chrome87', 'safari14'] : 'es2022',
      assetsInlineLimit: 0, // files of their own are cached by their hash, and no policy has to allow data: addresses
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500, // the size that counts, gzipped first load, is a check of its own
      rolldownOptions: { output: { codeSplitting: { groups: shell === 'office' ? OFFICE_CHUNKS : PUBLIC_CHUNKS } } },
    },
  };
}

/**
 * `texts.ts?locale=en`: the catalogues that the file joins, in one language alone. A person reads one; the other is loaded
 * when he changes.
 */
function textsOfOneLanguage(): Plugin {
  const asked = /^(.*\/texts\.ts)\?locale=(zh-CN|en)$/;
  return {
    name: 'texts-of-one-language',
    enforce: 'pre',
    async load(id) {
      const [, file, locale = ''] = asked.exec(id) ?? [];
      if (file === undefined) return null;
      const { officeCatalogues } = await import(pathToFileURL(file).href);
      const joined = Object.assign({}, ...officeCatalogues.map((texts: Record<string, object>) => texts[locale]));
      return { code: `export default JSON.parse(${JSON.stringify(JSON.stringify(joined))});`, map: null };
    },
  };
}

/** The content policy forbids code made of text; Zod would try, and the browser would report it each time. */
function zodWithoutEval(): Plugin {
  const probe = 'new F("")';
  return {
    name: 'zod-without-eval',
    transform(code, id) {
      if (!/[\\/]zod[\\/]v4[\\/]core[\\/]util\.js$/.test(id.replace(/\?.*$/, ''))) return null;
      if (!code.includes(probe)) throw new Error('Zod no longer tries with new F(""): see what it does now');
      return { code: code.replace(probe, 'throw new Error("not here")'), map: null };
    },
  };
}

/**
 * The portal is written like the office and uses nothing of React that Preact lacks; with it, a first visit loads a third as
 * much (docs/decisions/0008-preact-in-the-portal.md).
 */
const PREACT_FOR_REACT = [
  { find: /^react$/, replacement: 'preact/compat' },
  { find: /^react-dom$/, replacement: 'preact/compat' },
  { find: /^react-dom\/client$/, replacement: 'preact/compat/client' },
  { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
  { find: /^react\/jsx-dev-runtime$/, replacement: 'preact/jsx-dev-runtime' },
];

const PUBLIC_CHUNKS = [{ name: 'map', test: /node_modules[\\/](@maplibre|maplibre-gl)[\\/]/ }];

/** Only what the first screen needs anyway goes into the shared chunks; what a lazy screen alone uses stays with it. */
const OFFICE_CHUNKS = [
  { name: 'map', test: /node_modules[\\/](@maplibre|maplibre-gl)[\\/]/, priority: 3 },
  { name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/, priority: 2 },
  {
    name: 'antd',
    test: /node_modules[\\/](antd|@ant-design|@rc-component|@emotion)[\\/]/,
    tags: ['$initial' as const],
    priority: 1,
  },
];

/** For the `vite` command by hand: `vite build --mode office`. */
export default defineConfig(({ mode }) => webConfig(mode === 'office' ? 'office' : 'public'));
