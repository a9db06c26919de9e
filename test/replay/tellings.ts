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

/** What stands behind the source map is not evaluated. */
function withAsking(code: string): string {
  const map = code.lastIndexOf('//# sourceMappingURL=data:');
  return `${code.slice(0, map)}${ASKING}\n${code.slice(map)}`;
}

/** The timeline of the run whose history this is, as it was told when it ended. */
export async function timelineOf(
  code: string,
  history: object,
  workflowId: string | undefined,
): Promise<TimelineEvent[]> {
  let last = '[]';
  const told = { fn: (_info: unknown, timeline: string) => void (last = timeline), callDuringReplay: true };
  await Worker.runReplayHistory(
    { workflowBundle: { code: withAsking(code) }, sinks: { story: { told } } },
    history,
    workflowId,
  );
  return JSON.parse(last) as TimelineEvent[];
}
