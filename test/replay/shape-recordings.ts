/**
 * The runs of shapes whose histories are kept. A run that continues in a new execution has two: the first and the
 * last.
 */
import type { WorkflowHandle } from '@temporalio/client';
import { scriptedModel } from '@batonhq/baton/testing';
import type { Model } from '@batonhq/baton/worker';
import { approve } from './recordings.js';
import { echoing } from '../fixtures/swarm-model.js';
import { crewModel } from '../fixtures/crew-model.js';
import { firstRequest, until } from '../fixtures/harness.js';

export interface ShapeRecording {
  readonly workflow: string;
  readonly input: unknown;
  readonly model: Model;
  readonly act?: (run: WorkflowHandle) => Promise<unknown>;
}

const answered = (run: WorkflowHandle, turns: number): Promise<true> =>
  until(async () => (await run.query<{ answered: number }>('talk')).answered >= turns);

const words = scriptedModel({
  researcher: ({ input }) => ({ content: `found ${JSON.stringify(input)}` }),
  writer: ({ input }) => ({ content: `wrote ${JSON.stringify(input)}` }),
});

export const shapeRecordings: Readonly<Record<string, ShapeRecording>> = {
  'shape-swarm': {
    workflow: 'short',
    input: { say: 'hello' },
    model: echoing(),
    act: async (run) => {
      await answered(run, 1);
      const texts = ['my bill', 'look it up', 'pay me', 'five', 'six', 'thanks', 'eight'];
      for (const [index, text] of texts.entries()) {
        await run.executeUpdate('say', { args: [{ text, id: `m${index}` }] });
        if (text === 'pay me') await approve(run);
        await answered(run, index + 2);
      }
      await run.signal('end-talk');
    },
  },
  'shape-crew': { workflow: 'articles', input: { topic: 'tea' }, model: crewModel() },
  'shape-crew-managed': { workflow: 'managed', input: { topic: 'tea' }, model: crewModel() },
  'shape-crew-reviewed': {
    workflow: 'reviewed',
    input: { topic: 'tea' },
    model: crewModel(),
    act: async (run) => {
      const { id } = await firstRequest(run);
      await run.executeUpdate('decide', {
        args: [{ request: id, option: 'reject', reason: 'Longer.', by: 'bo' }],
      });
      await until(async () => (await firstRequest(run)).id !== id);
      await approve(run);
    },
  },
  'shape-graph': { workflow: 'circles', input: { task: 'tea' }, model: words },
  'shape-graph-fans': { workflow: 'fans', input: { items: ['a', 'b', 'c'] }, model: words },
  'shape-graph-stops': {
    workflow: 'stops',
    input: { draft: 'a' },
    model: words,
    act: async (run) => {
      const { id, digest } = await firstRequest(run);
      await run.executeUpdate('decide', {
        args: [{ request: id, option: 'edit', args: { draft: 'b' }, digest, by: 'ada' }],
      });
      const edited = await until(async () => {
        const next = await firstRequest(run);
        return next.revision === 2 && next;
      });
      await run.executeUpdate('decide', {
        args: [{ request: id, option: 'approve', digest: edited.digest, by: 'ada' }],
      });
      await until(async () => (await firstRequest(run)).id !== id);
      await approve(run);
    },
  },
  'shape-graph-forked': {
    workflow: 'circles',
    input: {
      'baton.fork': {
        v: 1,
        of: 'circles-1',
        step: 3,
        nodes: ['plan'],
        state: { task: 'tea', findings: ['found milk'], draft: '', rounds: 2 },
      },
    },
    model: words,
  },
  'shape-graph-climbs': { workflow: 'climbs', input: { to: 7 }, model: words },
};
