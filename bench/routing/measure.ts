/** Has every router decide every request, in runs on a real server, and counts what that took. */
import { fileURLToPath } from 'node:url';
import { withTestEnvironment, type TestEnvironment } from '@batonhq/baton/testing';
import type { Model } from '@batonhq/baton/worker';
import { progress } from '../command/run-bench.js';
import { ROUTER_NAMES, type Decision, type RouterName } from './decision.js';
import { DEVELOPMENT } from './requests/development.js';
import { HELD_OUT } from './requests/held-out.js';
import { requestsOf, type LabelledRequest } from './requests/request.js';
import type { routeAll } from './workflows.js';

const CONFIG = fileURLToPath(new URL('workflows.js', import.meta.url));

export const SPLITS = ['development', 'heldOut'] as const;
export type SplitName = (typeof SPLITS)[number];

/** One router, one split. */
export interface Measured {
  readonly router: RouterName;
  readonly split: SplitName;
  readonly requests: readonly LabelledRequest[];
  /** In the order of the requests. */
  readonly decisions: readonly Decision[];
  /** Answers and embeddings that a model was asked for. */
  readonly modelCalls: number;
  /** Routers that were asked and failed. */
  readonly failures: number;
  /** How the scores of similarity were made, where it was asked. */
  readonly method?: string;
}

export async function measureAll(address: string, model: Model, every: number): Promise<Measured[]> {
  const counted = countCalls(model);
  return withTestEnvironment({ config: CONFIG, model: counted.model, address }, async (desk) => {
    const measured: Measured[] = [];
    for (const router of ROUTER_NAMES) {
      for (const split of SPLITS) {
        progress(`${router}: ${split}`);
        const before = counted.calls();
        const told = await measureOne(desk, router, split, every);
        measured.push({ ...told, modelCalls: counted.calls() - before });
      }
    }
    return measured;
  });
}

async function measureOne(
  desk: TestEnvironment,
  router: RouterName,
  split: SplitName,
  every: number,
): Promise<Omit<Measured, 'modelCalls'>> {
  const all = requestsOf(split === 'development' ? DEVELOPMENT : HELD_OUT);
  const requests = all.filter((_request, index) => index % every === 0);
  const texts = requests.map(({ text }) => text);
  const run = await desk.start<typeof routeAll>('routeAll', { router, texts });
  const decisions = await run.result();
  const { timeline } = await run.story();
  const tried = timeline.flatMap((event) => (event.kind === 'routed' ? [event.tried] : []));
  if (tried.length !== requests.length)
    throw new Error(`${router} decided ${tried.length} times, of ${requests.length}.`);
  const method = tried.flat().find(({ by, reason }) => by === 'similarity' && reason !== undefined)?.reason;
  return {
    router,
    split,
    requests,
    decisions,
    failures: tried.flat().filter(({ problem }) => problem !== undefined).length,
    ...(method === undefined ? {} : { method }),
  };
}

function countCalls(model: Model): { readonly model: Model; readonly calls: () => number } {
  let calls = 0;
  const embed = model.embed?.bind(model);
  const counted: Model = {
    name: model.name,
    offline: model.offline,
    generate: (request, options) => {
      calls += 1;
      return model.generate(request, options);
    },
    ...(embed === undefined
      ? {}
      : {
          embed: (texts, options) => {
            calls += 1;
            return embed(texts, options);
          },
        }),
  };
  return { model: counted, calls: () => calls };
}
