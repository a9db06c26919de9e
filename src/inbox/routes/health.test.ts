/** The health of the page, for those who keep it running. */
import { Client, Connection } from '@temporalio/client';
import { Hono } from 'hono';
import { expect, test } from 'vitest';
import type { Known } from './app-context.js';
import { addHealthRoute } from './health.js';

test('inbox health: 503 without a sign-in when the Temporal server does not answer', async () => {
  // Nobody listens on this port.
  const connection = Connection.lazy({ address: '127.0.0.1:1' });
  const app = new Hono<Known>();
  addHealthRoute(app, { client: new Client({ connection }) });
  const answer = await app.request('/health');
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ ok: false });
  await connection.close();
});
