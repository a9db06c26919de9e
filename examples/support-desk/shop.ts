/** The shop of this process: the file in `BATON_SHOP`, or `.baton/shop.db` in the working directory. */
import path from 'node:path';
import { SupportDatabase } from './database/support-database.js';

const shops = new Map<string, SupportDatabase>();

/** Opened once in a process, when a tool first needs it. */
export function shop(): SupportDatabase {
  const file = path.resolve(process.env['BATON_SHOP'] || '.baton/shop.db');
  const open = shops.get(file) ?? new SupportDatabase(file);
  shops.set(file, open);
  return open;
}
