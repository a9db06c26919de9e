/** Serves the page's own script, style and icon from files of the package, and nothing from elsewhere. */
import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';
import type { Known } from './app-context.js';

const ASSETS: Readonly<Record<string, readonly [file: string, type: string]>> = {
  'style.css': ['../assets/style.css', 'text/css; charset=utf-8'],
  'icon.svg': ['../assets/icon.svg', 'image/svg+xml'],
  'page.js': ['../page/page.js', 'text/javascript; charset=utf-8'],
  'digest.js': ['../page/digest.js', 'text/javascript; charset=utf-8'],
  'amounts.js': ['../page/amounts.js', 'text/javascript; charset=utf-8'],
  'keys.js': ['../page/keys.js', 'text/javascript; charset=utf-8'],
  'times.js': ['../page/times.js', 'text/javascript; charset=utf-8'],
  'live.js': ['../page/live.js', 'text/javascript; charset=utf-8'],
  'forms.js': ['../page/forms.js', 'text/javascript; charset=utf-8'],
};

export function addAssets(app: Hono<Known>): void {
  app.get('/assets/:name', async (context) => {
    const name = context.req.param('name');
    const asset = Object.hasOwn(ASSETS, name) ? ASSETS[name] : undefined;
    if (asset === undefined) return context.notFound();
    const [file, type] = asset;
    const text = await readFile(new URL(file, import.meta.url), 'utf8');
    return context.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'no-cache' });
  });
}
