/** The research desk without a provider, on a real server: it plans by kinds, counts, reviews, and sends once. */
import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import type { DeskResult } from '../../dist/examples/research-desk/desk-result.js';
import { firstRequest, timeline, view } from '../fixtures/harness.js';
import { type ResearchDesk, withResearchDesk } from '../fixtures/desk-in-process.js';

const FILES = {
  'node_modules/alpha/README.md':
    '# Alpha\n\nAlpha takes an AbortSignal.\nGive it an AbortSignal to stop a request.\n',
  'node_modules/alpha/index.d.ts': '/** Stops by an AbortSignal. */\nexport declare const a: AbortSignal;\n',
  'node_modules/beta/README.md': '# Beta\n\nBeta has a timeout, and no AbortSignal.\n',
};

async function approve(run: WorkflowHandle): Promise<DeskResult> {
  const { id } = await firstRequest(run);
  await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by: 'ada' }] });
  return run.result() as Promise<DeskResult>;
}

async function answered(desk: ResearchDesk, question: string) {
  const run = await desk.ask(question);
  return { run, result: await approve(run) };
}

test('O1 desk: a counting question gets its number from a program, what depends on it comes after, and the number changes with the corpus', async () => {
  const question = 'Which of my dependencies mention AbortSignal most?';
  await withResearchDesk(FILES, undefined, async (desk) => {
    const { run, result } = await answered(desk, question);
    expect(result.answer).toContain('alpha mentions "AbortSignal" most, with 4 mentions.');
    expect(result.answer).toContain('Counted by the program "rank-packages" over 3 files. [count:count]');
    expect(result.counts).toMatchObject([
      {
        program: 'rank-packages',
        number: 4,
        files: 3,
        packages: 2,
        call: { facts: { terms: ['AbortSignal'] } },
      },
    ]);
    expect(
      result.plan.subtasks.map(({ id, kind, dependsOn, state }) => [id, kind, dependsOn, state]),
    ).toEqual([
      ['count', 'code', [], 'done'],
      ['in-context', 'research', ['count'], 'done'],
    ]);
    expect((await view(run)).plans?.[0]?.subtasks).toEqual(result.plan.subtasks);
    // The researcher looks into the package that came first, which only the program could tell.
    expect(result.citations).toMatchObject([{ file: 'corpus/node_modules/alpha/README.md' }]);
    expect(result.review).toMatchObject({ rounds: 1, sentBack: [], withdrawn: [] });
    desk.write('node_modules/beta/more.md', 'AbortSignal AbortSignal AbortSignal\nAbortSignal AbortSignal\n');
    const again = await answered(desk, question);
    expect(again.result.answer).toContain('beta mentions "AbortSignal" most, with 6 mentions.');
    expect(again.result.counts).toMatchObject([{ number: 6, files: 4 }]);
    expect(desk.mails()).toHaveLength(2);
  });
});

test("desk: control passes from the lead to the writer in the lead's own turn, and independent subtasks begin before either ends", async () => {
  await withResearchDesk(FILES, undefined, async (desk) => {
    const { run, result } = await answered(desk, 'How do I stop a request with alpha?');
    expect(result.plan.subtasks.map(({ kind }) => kind)).toEqual(['research', 'research', 'research']);
    const events = await timeline(run);
    expect(events.filter(({ kind }) => kind === 'handoff')).toMatchObject([
      { from: 'lead', to: 'writer', by: 'agent', contract: 'lead-to-writer@1' },
    ]);
    const of = (kind: string) =>
      events.flatMap((event, at) =>
        event.kind === kind && event.path.endsWith('/researcher-0') ? [at] : [],
      );
    expect(Math.max(...of('delegated'))).toBeLessThan(Math.min(...of('returned')));
    expect(result.answer).toContain('Give it an AbortSignal to stop a request.');
  });
});

test('desk: what nothing answers is missing by name, and nothing is cited for it', async () => {
  await withResearchDesk(FILES, undefined, async (desk) => {
    const { result } = await answered(desk, 'What is the capital of France?');
    expect(result.answer).toContain('do not answer this question');
    expect(result).toMatchObject({
      citations: [],
      counts: [],
      missing: [expect.stringContaining('capital')],
    });
  });
});
