/** The shop's database: customers, orders, devices, and refunds that were reported to the shop. */
import { SqliteFile } from './sqlite-file.js';

export class SupportDatabase extends SqliteFile {
  constructor(file: string) {
    super(file, { what: 'the shop', version: 2, scripts: ['schema.sql', 'seed.sql'] });
  }
}
