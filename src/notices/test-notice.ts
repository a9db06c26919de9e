/** Sends a notice without a pending request, to test whether it arrives. */
import { deliverNotice, createNoticeContext } from './deliver-notice.js';
import { randomUUID } from 'node:crypto';
import type { Notice } from '../contracts/requests/notice.js';
import { NoticeError, type Notifier } from './notifier.js';

/** The outcome of one notifier. */
export interface TestOutcome {
  readonly name: string;
  readonly outcome: 'taken' | 'nobody' | 'refused' | 'failed';
  /** The receiver's answer, or why it did not accept the notice. */
  readonly detail: string;
}

const ALL_MS = 30_000;

/**
 * Sends one test notice through each notifier, even if its `events` exclude it, and never retries. `failed`
 * is an outcome that a run would retry, `refused` one that it would not.
 */
export function sendTestNotices(
  notifiers: readonly Notifier[],
  inboxUrl: string | undefined,
  allMs = ALL_MS,
): Promise<TestOutcome[]> {
  const notice = createTestNotice(randomUUID());
  return Promise.all(notifiers.map((notifier) => sendTest(notifier, notice, inboxUrl, allMs)));
}

async function sendTest(
  notifier: Notifier,
  notice: Notice,
  inboxUrl: string | undefined,
  allMs: number,
): Promise<TestOutcome> {
  const { name } = notifier;
  const over = new AbortController();
  // Unlike `AbortSignal.timeout`, this timer keeps the process alive until then.
  const timer = setTimeout(() => over.abort(new Error(`It did not end within ${allMs} ms.`)), allMs);
  try {
    const context = createNoticeContext(notice, inboxUrl, over.signal);
    return { name, ...(await deliverNotice(notifier, notice, context)) };
  } catch (error) {
    const final = error instanceof NoticeError && !error.retryable;
    const detail = error instanceof Error ? error.message : String(error);
    return { name, outcome: final ? 'refused' : 'failed', detail };
  } finally {
    clearTimeout(timer);
  }
}

/** Addressed to anyone, so that all addresses of all roles are tested. Its link opens the inbox, without a request. */
function createTestNotice(id: string): Notice {
  const run = `baton-notify-test-${id}`;
  return {
    event: 'opened',
    occurrence: 1,
    request: {
      id: `${run}/000000000000000000000000`,
      reason: 'asked-by-orchestration',
      question: 'This is a test of the notices about pending requests.',
      askedBy: 'baton notify test',
      path: 'test',
      revision: 1,
      options: [],
      askedAt: new Date().toISOString(),
    },
    run: { workflowId: run, runId: run, workflow: 'test' },
    to: [],
    test: true,
  };
}
