/** The timeline of a recorded run as the run itself tells it: taken from a worker that replays its history. */
import { Worker } from '@temporalio/worker';
import type { TimelineEvent } from '@batonhq/baton';

/**
 * Asks the run for its timeline at the end of each activation. It stands in the bundle's own code, since a replay answers
 * no queries.
 */
const ASKING = `;(() => {
  const own = globalThis.__TEMPORAL__.importInterceptors;
  globalThis.__TEMPORAL__.importInterceptors = () => [...own(), { interceptors: () => ({ internals: [{
    concludeActivation(input, next) {
      const run = globalThis.__TEMPORAL_ACTIVATOR__;
      const timeline = run.queryHandlers.get('timeline')?.handler();
      if (timeline) run.sinkCalls.push({ ifaceName: 'story', fnName: 'told', args: [JSON.stringify(timeline)], workflowInfo: run.info });
      return next(input);
    },
  }] }) }];
})();`;

/** Code after the source map is not evaluated, so this goes before the map. */
export function withAsking(code: string): string {
  const map = code.lastIndexOf('//# sourceMappingURL=data:');
  return `${code.slice(0, map)}${ASKING}\n${code.slice(map)}`;
}

export interface RecordedRun {
  readonly name: string;
  readonly history: object;
  readonly workflowId: string;
}

export interface Replayed {
  readonly error: Error | undefined;
  /** The timeline as the run reported it when it ended. */
  readonly timeline: TimelineEvent[];
}

/** Replays runs one after the other, on one worker: to compile the bundle takes longer than any of them. */
export async function replayAll(code: string, runs: readonly RecordedRun[]): Promise<Map<string, Replayed>> {
  let last = '[]';
  const told = { fn: (_info: unknown, timeline: string) => void (last = timeline), callDuringReplay: true };
  const results = Worker.runReplayHistories(
    { workflowBundle: { code }, sinks: { story: { told } } },
    runs.map(({ history, workflowId }) => ({ history, workflowId })),
  );
  const replayed = new Map<string, Replayed>();
  for await (const { error } of results) {
    const name = runs[replayed.size]?.name ?? '';
    replayed.set(name, { error, timeline: JSON.parse(last) as TimelineEvent[] });
    last = '[]';
  }
  return replayed;
}
