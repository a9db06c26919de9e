/** The tool on a worker: the input that its definition allows, and the limits of the policy. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FetchOutcome } from './fetch-outcome.js';
import { fetchUrlTool } from './implementation.js';
import { policyFromEnvironment } from './policy.js';

const server = http.createServer((_request, response) =>
  response.writeHead(200, { 'content-type': 'text/plain' }).end('x'.repeat(300_000)),
);
let host = '';
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

const context = {
  idempotencyKey: 'k',
  agent: 'researcher',
  signal: new AbortController().signal,
  progress: () => undefined,
};

async function size(args: object, maxBytes?: number): Promise<unknown> {
  const policy = policyFromEnvironment({
    BATON_FETCH_ALLOW: ` ${host},`,
    BATON_FETCH_ALLOW_PRIVATE: '127.0.0.1',
  });
  const { run } = fetchUrlTool({ ...policy, ...(maxBytes === undefined ? {} : { maxBytes }) });
  const ended = FetchOutcome.parse(await run({ url: `http://${host}/`, ...args }, context));
  return ended.outcome === 'ok' ? ended.text.length : ended;
}

test('fetch_url: takes 100,000 bytes, more when asked, and never more than the policy', async () => {
  expect(await size({})).toBe(100_000);
  expect(await size({ maxBytes: 200_000 })).toBe(200_000);
  expect(await size({ maxBytes: 200_000 }, 5_000)).toBe(5_000);
});

test('fetch_url: allows nothing when the environment names nothing', async () => {
  expect(policyFromEnvironment({})).toEqual({ allow: [], allowPrivate: [] });
  const { run } = fetchUrlTool(policyFromEnvironment({}));
  expect(await run({ url: `http://${host}/` }, context)).toMatchObject({ outcome: 'refused' });
});
