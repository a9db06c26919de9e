/** What a worker serves. This project asks no model. */
import { defineConfig } from '@batonhq/baton/worker';
import { tools } from './tools.js';

export default defineConfig({ workflows: './workflows.ts', tools, store: 'file:.baton/store.db' });
