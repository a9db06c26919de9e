/** The page's script and the server work out amounts by separate code: they must agree. */
import { expect, test } from 'vitest';
import { listAmounts } from '../../src/contracts/requests/amounts.js';
import type { Json } from '@batonhq/baton';

const SCRIPT: string = new URL('../../dist/src/inbox/page/amounts.js', import.meta.url).href;

test('inbox page: its script finds the same amounts in the arguments as the server', async () => {
  const page = (await import(SCRIPT)) as { readonly listAmounts: (args: Json) => string[] };
  const values: Json[] = [
    0,
    -5,
    1_250_000,
    12.5,
    1e30,
    '7',
    '-0.5',
    '',
    'x',
    null,
    true,
    '1'.repeat(30),
    [1],
    { cents: 1 },
  ];
  const names = ['cents', 'amountEUR', 'total_price', 'value', 'pageCount', 'fee-usd-cents', 'items', 'to'];
  for (const currency of ['chf', 'no', 5])
    for (const value of values)
      for (const name of names) {
        const inner = { [name]: value, currency, memo: 'cents: 5' };
        for (const args of [inner, { a: [inner, inner], b: { c: { d: inner } }, cents: 1 }, [inner], value])
          expect([args, page.listAmounts(args)]).toEqual([args, listAmounts(args).map(({ text }) => text)]);
      }
});
