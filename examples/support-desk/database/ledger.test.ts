/** The ledger pays once for each key and never more than it received. Its file opens only with its own key. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { Ledger, payBack } from './ledger.js';
import { Refused } from './refused.js';

const KEY = 'the key of this ledger';
const REFUND = { invoice: 'I-4101', cents: 18_900, currency: 'EUR', reason: 'defective' };

let folder: string;
let ledger: Ledger;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-ledger-'));
  ledger = new Ledger(join(folder, 'ledger.db'), KEY);
});
afterEach(() => {
  ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

const refunds = () =>
  ledger.first(z.object({ rows: z.number() }), 'select count(*) as rows from refunds')?.rows;

test('T4 ledger: repeating a refund under the same key moves no money', () => {
  const first = payBack(ledger, REFUND, 'key-1');
  expect(first).toEqual({ id: 'R-1', invoice: 'I-4101', cents: 18_900, currency: 'EUR' });
  expect(payBack(ledger, REFUND, 'key-1')).toEqual(first);
  expect(refunds()).toBe(1);
});

test('T4 ledger: refunds never exceed the amount received, also under another key', () => {
  payBack(ledger, REFUND, 'key-1');
  expect(() => payBack(ledger, REFUND, 'key-2')).toThrow(Refused);
  expect(() => payBack(ledger, { ...REFUND, invoice: 'I-4201', cents: 691 }, 'key-3')).toThrow(
    'Of invoice I-4201 690 cents are left to pay back, and 691 were to be.',
  );
  expect(() => payBack(ledger, { ...REFUND, currency: 'USD' }, 'key-4')).toThrow('is in EUR, not in USD');
  expect(() => payBack(ledger, { ...REFUND, invoice: 'I-1' }, 'key-5')).toThrow('no invoice I-1');
  expect(refunds()).toBe(1);
});

test('T4 ledger: the file opens only with its key, and shows nothing without it', () => {
  payBack(ledger, REFUND, 'key-1');
  ledger.close();
  expect(() => new Ledger(ledger.file)).toThrow('file is not a database');
  expect(() => new Ledger(ledger.file, 'another key')).toThrow('file is not a database');
  expect(readFileSync(ledger.file).includes('I-4101')).toBe(false);
  ledger = new Ledger(ledger.file, KEY);
  expect(refunds()).toBe(1);
});
