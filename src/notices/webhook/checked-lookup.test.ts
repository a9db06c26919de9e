import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { createCheckedLookup, type Resolve } from './checked-lookup.js';
import { post } from './post.js';

const found =
  (...addresses: string[]): Resolve =>
  (_host, done) => {
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  };

function looked(resolve: Resolve, all: boolean): Promise<unknown> {
  return new Promise((settle, reject) => {
    createCheckedLookup(resolve)('hooks.example.com', { all }, (error, address) => {
      if (error) reject(error);
      else settle(address);
    });
  });
}

test('P6 notice: a name whose addresses are all public resolves to the checked addresses', async () => {
  expect(await looked(found('1.1.1.1', '2606:4700::1'), true)).toEqual([
    { address: '1.1.1.1', family: 4 },
    { address: '2606:4700::1', family: 6 },
  ]);
  expect(await looked(found('1.1.1.1'), false)).toBe('1.1.1.1');
});

test.each([[['127.0.0.1']], [['1.1.1.1', '10.0.0.1']], [['1.1.1.1', '::ffff:10.0.0.1']], [[]]])(
  'P6 notice: a name is refused when it leads to %j',
  async (addresses) => {
    await expect(looked(found(...addresses), true)).rejects.toThrow(
      'is not an address of the public internet',
    );
    await expect(looked(found(...addresses), false)).rejects.toThrow(
      'is not an address of the public internet',
    );
  },
);

test('P6 notice: a name is looked up once a request, and the checked address is the one connected to', async () => {
  const server = createServer((_request, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const answers = ['127.0.0.1', '127.0.0.66'];
  let asked = 0;
  const rebinding: Resolve = (host, done) => {
    found(answers[asked] ?? '')(host, done);
    asked += 1;
  };
  // Where the server of this test is stands for the public internet.
  const lookup = createCheckedLookup(rebinding, (address) => address === '127.0.0.1');
  const sending = (): Promise<unknown> =>
    post({
      url: new URL(`http://hooks.example.com:${port}/`),
      body: '{}',
      headers: {},
      lookup,
      signal: new AbortController().signal,
    });
  expect(await sending()).toMatchObject({ status: 200 });
  expect(asked).toBe(1);
  await expect(sending()).rejects.toThrow('is not an address of the public internet');
  expect(asked).toBe(2);
  server.close();
});
