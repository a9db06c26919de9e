/** Where a request comes from, kept within bounds: what a request says of it, and what its summary does. */
import { clip } from '../data/preview.js';
import type { OriginSource, RequestOrigin } from './origin.js';

/** The latest calls of one trusted tool that are told. */
const CALLS_AT_MOST = 3;

/**
 * One entry for each trusted tool that somebody has read by, the latest last. What an untrusted one gave stands call by call:
 * the text that steered an agent is not to go under in later ones. Of calls beyond `untrusted` only the number is kept.
 */
export function mergeSources(all: readonly OriginSource[], untrusted: number): readonly OriginSource[] {
  const merged = new Map<string, OriginSource>();
  let told = 0;
  for (const each of all) {
    if (each.untrusted === undefined) {
      mergeTool(merged, each);
      continue;
    }
    const isNew = isTold(each) && !merged.has(toCallKey(each));
    const { gave: _text, ...counted } = { ...each, sources: [] };
    const kept = isNew && told >= untrusted ? counted : each;
    if (isNew && kept === each) told += 1;
    const key = toCallKey(kept);
    merged.set(key, { ...kept, times: (merged.get(key)?.times ?? 0) + kept.times });
  }
  return [...merged.values()];
}

function mergeTool(merged: Map<string, OriginSource>, each: OriginSource): void {
  const key = JSON.stringify([each.by, each.tool]);
  const before = merged.get(key);
  merged.delete(key);
  const sources = [...new Set([...(before?.sources ?? []), ...each.sources])].slice(-CALLS_AT_MOST);
  merged.set(key, { ...before, ...each, times: (before?.times ?? 0) + each.times, sources });
}

function toCallKey({ by, tool, sources, gave }: OriginSource): string {
  return JSON.stringify([by, tool, sources, gave ?? null]);
}

/** Whether it is more than a number of calls. */
function isTold({ sources, gave }: OriginSource): boolean {
  return sources.length > 0 || gave !== undefined;
}

/** The last of its handoffs; of what was read, what is untrusted before what is not, the first before later ones. */
export function boundOrigin(origin: RequestOrigin, handoffs: number, sources: number): RequestOrigin {
  const { read } = origin;
  const untrusted = read.filter((each) => each.untrusted);
  const marked = [...untrusted.filter(isTold), ...untrusted.filter((each) => !isTold(each))];
  const plain = read.filter((each) => !each.untrusted);
  const room = Math.max(0, sources - marked.length);
  const kept = new Set([...marked.slice(0, sources), ...plain.slice(Math.max(0, plain.length - room))]);
  const bounded = {
    handoffs: origin.handoffs.slice(-handoffs),
    read: read.filter((source) => kept.has(source)),
  };
  const left = read.filter((source) => !kept.has(source)).map(countSources);
  const lost = origin.handoffs.length - bounded.handoffs.length;
  const earlier = left.reduce((sum, count) => sum + count, (origin.earlier ?? 0) + lost);
  return { ...origin, ...bounded, ...(earlier === 0 ? {} : { earlier }) };
}

function countSources(source: OriginSource): number {
  return source.untrusted && !isTold(source) ? source.times : 1;
}

/** As lists, the memo and notices show it. */
export function summarizeOrigin(origin: RequestOrigin): RequestOrigin {
  const { task, ...bounded } = boundOrigin(origin, 3, 4);
  return {
    ...(task === undefined ? {} : { task: { ...task, text: clip(task.text, 200) } }),
    ...bounded,
    handoffs: bounded.handoffs.map((each) => ({ ...each, goal: clip(each.goal, 100) })),
    read: bounded.read.map(({ gave: _text, ...each }) => ({
      ...each,
      sources: each.sources.slice(-1).map((source) => clip(source, 100)),
    })),
  };
}
