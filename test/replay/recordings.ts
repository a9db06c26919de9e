/**
 * The runs whose histories are kept. `BATON_RECORD=1 npx vitest run test/replay` records them afresh for the
 * version in package.json; those of earlier versions stay as they are.
 */
import { handoffCall } from '@batonhq/baton';
import type { WorkflowHandle } from '@temporalio/client';
import { scriptedModel } from '@batonhq/baton/testing';
import { firstRequest, until, view, type Desk } from '../fixtures/harness.js';

export const model = scriptedModel({
  researcher: [{ toolCalls: [{ name: 'echo', args: { text: 'hi' } }] }, { content: 'facts' }],
  writer: (request) => ({ content: `written: ${JSON.stringify(request.input)}` }),
  judge: (_request, call) => (call === 0 ? { content: 'no JSON' } : { output: { verdict: 'yes', why: 'w' } }),
  lead: [{ toolCalls: [handoffCall('author', { title: 'F', points: ['a'] })] }],
  author: [{ content: 'report' }],
  cashier: [{ toolCalls: [{ name: 'pay', args: { to: 'bob', cents: 5 } }] }, { content: 'paid' }],
  hermit: [{ toolCalls: [{ name: 'pay', args: { to: 'bob', cents: 5 } }] }, { content: 'paid' }],
});

interface Recording {
  readonly input: unknown;
  readonly act?: (run: WorkflowHandle, desk: Desk) => Promise<unknown>;
}

export const approve = async (run: WorkflowHandle): Promise<void> => {
  const { id } = await firstRequest(run);
  await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
};

export const recordings: Readonly<Record<string, Recording>> = {
  hello: { input: 'what is known?', act: approve },
  asks: {
    input: { question: 'Go?', deadlineMs: 86_400_000 },
    act: async (run) => {
      await run.signal('decide', { request: 'junk' });
      const { id } = await firstRequest(run);
      await run.signal('decide', { request: id, option: 'reject', reason: 'no' });
    },
  },
  judged: { input: 'is it so?' },
  fan: { input: ['one', 'two', 'three'] },
  weighed: { input: { findings: ['a'] } },
  cashes: { input: 'pay bob', act: approve },
  remote: {
    input: 'pay bob',
    act: async (run, desk) => {
      const { id } = await until(async () => (await view(run)).pending[0]);
      const child = desk.client.workflow.getHandle(id.slice(0, id.lastIndexOf('/')));
      await child.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
    },
  },
};

/** Questions to the research desk, offline, over these documents. */
export const DOCUMENTS: Readonly<Record<string, string>> = {
  'node_modules/alpha/README.md':
    '# Alpha\n\n## Retries\n\nAlpha retries a failed request three times. Set `retries` to 0 to switch it off.\n',
  'node_modules/beta/README.md': '# Beta\n\nBeta retries nothing.\n',
};
export const deskRecordings: Readonly<Record<string, string>> = {
  'research-desk': 'How do I retry a failed request with alpha?',
  'research-desk-compares': 'What is the difference between alpha and beta?',
  'research-desk-counts': 'Which of my packages mention retries most?',
};

/** Tickets to the support desk, offline, by the names under which they are shipped. */
export const supportRecordings: Readonly<Record<string, string>> = {
  'support-desk': 'defective-router',
  'support-desk-asks': 'no-light-named',
};
