/** The shop's database is made once, whole or not at all. A repeated change under the same key has no effect. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import * as read from './read.js';
import { SupportDatabase } from './support-database.js';
import { endAtPaid, keepTicket, noteRefund, reset } from './write.js';

let folder: string;
let shop: SupportDatabase;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-shop-'));
  shop = new SupportDatabase(join(folder, 'data', 'shop.db'));
});
afterEach(() => {
  shop.close();
  rmSync(folder, { recursive: true, force: true });
});

const count = (table: string) =>
  shop.first(z.object({ rows: z.number() }), `select count(*) as rows from ${table}`)?.rows;

describe('the file', () => {
  test('shop: the file is made from the seed once, and opened unchanged afterwards', () => {
    expect(count('customers')).toBe(5);
    keepTicket(shop, { customer: null, department: 'support', subject: 's', details: 'd' }, 'k');
    const again = new SupportDatabase(shop.file);
    expect(again.first(z.object({ subject: z.string() }), 'select subject from tickets')).toEqual({
      subject: 's',
    });
    expect(count('customers')).toBe(5);
    again.close();
  });

  test('shop: a half-made file is made again', () => {
    const file = join(folder, 'half.db');
    const half = new Database(file);
    half.exec('begin immediate');
    half.exec('create table customers (id text)');
    half.close();
    const made = new SupportDatabase(file);
    expect(read.customerBy(made, 'mara.lindqvist@example.org')?.id).toBe('C-1001');
    made.close();
  });

  test('shop: a file of another version is refused, and left as it is', () => {
    const file = join(folder, 'other.db');
    const other = new Database(file);
    other.exec('pragma user_version = 99');
    other.close();
    expect(() => new SupportDatabase(file)).toThrow(/has version 99 of the shop, and this desk wants 2/);
  });
});

describe('what can be looked up', () => {
  test('shop: a customer is found by their address however it is written, and nobody else', () => {
    expect(read.customerBy(shop, ' Mara.Lindqvist@Example.org ')).toEqual({
      id: 'C-1001',
      name: 'Mara Lindqvist',
      email: 'mara.lindqvist@example.org',
      region: 'north',
    });
    expect(read.customerBy(shop, "x' or '1' = '1")).toBeUndefined();
  });

  test('shop: the manual knows a light by model, colour and blinks', () => {
    expect(read.manualEntry(shop, 'Halo 2', { colour: 'red', blinks: 3 })).toEqual({
      meaning: 'the radio module has failed',
      remedy: 'replace',
    });
    expect(read.manualEntry(shop, 'Halo 2', { colour: 'red', blinks: 7 })).toBeUndefined();
  });

  test('shop: warranties run from the day of the seed, and incidents that are over are left out', () => {
    expect(read.devicesOf(shop, 'C-1001')).toMatchObject([{ serial: 'H2-77341', warranty: 'valid' }]);
    expect(read.devicesOf(shop, 'C-1004')).toMatchObject([{ serial: 'H1-10457', warranty: 'expired' }]);
    expect(read.incidentsIn(shop, 'south')).toMatchObject([{ id: 'N-12' }]);
    expect(read.incidentsIn(shop, 'north')).toEqual([]);
  });

  test('shop: a double payment shows as two payments of one invoice', () => {
    expect(read.invoicesOf(shop, 'C-1002').find(({ order }) => order === 'O-2102')).toMatchObject({
      number: 'I-4102',
      cents: 18_900,
      paidCents: 37_800,
      payments: 2,
      refundedCents: 0,
    });
    expect(read.ordersOf(shop, 'C-1002')).toMatchObject([{ id: 'O-2102', state: 'delivered' }]);
  });
});

describe('what can be changed', () => {
  const refund = { invoice: 'I-4101', cents: 18_900, currency: 'EUR' };

  test('shop: a refund is recorded once for each key, and billing sees it', () => {
    const paid = { id: 'R-1', ...refund };
    noteRefund(shop, paid, { reason: 'defective', key: 'key-1' });
    noteRefund(shop, paid, { reason: 'defective', key: 'key-1' });
    expect(count('refunds')).toBe(1);
    expect(read.invoicesOf(shop, 'C-1001').find(({ number }) => number === 'I-4101')).toMatchObject({
      refundedCents: 18_900,
    });
  });

  test('shop: a ticket is opened once for each key, and only for known customers', () => {
    const ticket = { customer: 'C-1001', department: 'logistics', subject: 's', details: 'd' };
    expect([
      keepTicket(shop, ticket, 'a'),
      keepTicket(shop, ticket, 'a'),
      keepTicket(shop, ticket, 'b'),
    ]).toEqual(['T-1', 'T-1', 'T-2']);
    expect(() => keepTicket(shop, { ...ticket, customer: 'C-9' }, 'c')).toThrow('no customer C-9');
  });

  test('shop: a reset restores a device that can recover, however often it runs', () => {
    expect([reset(shop, 'HM-51008'), reset(shop, 'HM-51008')]).toEqual(['working', 'working']);
    expect(reset(shop, 'H2-77341')).toBe('silent');
    expect(() => reset(shop, 'H2-0')).toThrow('no device H2-0');
  });

  test('shop: a subscription ends at the end of the paid period, and ending it again changes nothing', () => {
    const [before] = read.subscriptionsOf(shop, 'C-1001');
    expect([endAtPaid(shop, 'C-1001', 'S-3001'), endAtPaid(shop, 'C-1001', 'S-3001')]).toEqual([
      before?.paidUntil,
      before?.paidUntil,
    ]);
    expect(read.subscriptionsOf(shop, 'C-1001')).toEqual([{ ...before, state: 'ending' }]);
    expect(() => endAtPaid(shop, 'C-1001', 'S-0')).toThrow('no subscription S-0');
    expect(() => endAtPaid(shop, 'C-1002', 'S-3001')).toThrow('C-1002 has no subscription S-3001');
  });
});
