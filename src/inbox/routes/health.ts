/** `GET /health`, for monitoring. It needs no sign-in, because it reveals nothing about runs. */
import type { Hono } from 'hono';
import type { AppContext, Known } from './app-context.js';

const ANSWERS_WITHIN_MS = 3_000;

/** Returns 200 while the page can reach its Temporal server, else 503. */
export function addHealthRoute(app: Hono<Known>, { client }: Pick<AppContext, 'client'>): void {
  app.get('/health', async (context) => {
    try {
      await client.withDeadline(Date.now() + ANSWERS_WITHIN_MS, () =>
        client.workflowService.getSystemInfo({}),
      );
      return context.json({ ok: true });
    } catch {
      return context.json({ ok: false, why: 'the Temporal server does not answer' }, 503);
    }
  });
}
