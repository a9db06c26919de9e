/** The desk where pages of a host may be fetched: cited by line, and read again for the review. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { DeskResult } from '../../dist/examples/research-desk/desk-result.js';
import { withResearchDesk } from '../fixtures/desk-in-process.js';
import { firstRequest } from '../fixtures/harness.js';

const PAGE = '# Mail\n\n## Limits\n\nAn attachment may have 25 MB at most.\n\nA mail has one sender.\n';
let server: Server;
let address = '';
let asked: string[] = [];
let pages: readonly string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const text = pages[Math.min(asked.length, pages.length) - 1] ?? '';
    response.writeHead(200, { 'content-type': 'text/markdown' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  address = `http://${host}/limits.md`;
  // Before the desk is loaded: it reads these then.
  process.env['BATON_FETCH_ALLOW'] = host;
  process.env['BATON_FETCH_ALLOW_PRIVATE'] = '127.0.0.1';
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  server.close();
});

function answer(url: string): Promise<DeskResult> {
  const files = { 'post.md': '# Post\n\nA letter may weigh 20 g.\n' };
  return withResearchDesk(files, undefined, async (desk) => {
    const run = await desk.ask(`What does ${url} say about attachments?`);
    const { id } = await firstRequest(run);
    await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
    return run.result() as Promise<DeskResult>;
  });
}

test('desk: a page that the question names is fetched, cited by its lines, and fetched again by the review', async () => {
  pages = [PAGE];
  const result = await answer(address);
  const text = 'An attachment may have 25 MB at most.';
  expect(result.answer).toContain(`${text} [${address}:5-5]`);
  expect(result.citations).toEqual([{ file: address, startLine: 5, endLine: 5, text }]);
  expect(result.review).toMatchObject({ rounds: 1, withdrawn: [] });
  expect(asked.length).toBeGreaterThan(1);
});

test('desk: what a page no longer says when it is reviewed does not stay in the answer', async () => {
  pages = [PAGE];
  await answer(address);
  // As often as the researchers asked, and another for the review.
  pages = [...asked.slice(1).map(() => PAGE), '# Mail\n\n## Limits\n\nAsk your provider.\n'];
  asked = [];
  const result = await answer(address);
  expect(result.answer).not.toContain(':5-5]');
  expect(result.citations).toEqual([]);
  expect(result.missing.join(' ')).toContain('25 MB');
});

test('desk: an address that is not on the list is not fetched, and the answer says why', async () => {
  const result = await answer('http://localhost:1/limits.md');
  expect(asked).toEqual([]);
  expect(result.citations).toEqual([]);
  expect(result.missing.join(' ')).toContain('is not on the list of hosts');
});
