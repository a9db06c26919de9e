/** The origin of a request, bounded in size, for the request and for its summary. */
import { clip } from '../data/preview.js';
import type { OriginSource, RequestOrigin } from './origin.js';

/** The number of latest calls of one trusted tool that are listed. */
const CALLS_AT_MOST = 3;

/**
 * Merges the sources: one entry for each reader and trusted tool, the latest last. Each call of an untrusted tool is a
 * separate entry, so that later calls don't hide the text that steered an agent. Of calls beyond `untrusted` only the
 * number is kept.
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

/** Whether the entry is more than a number of calls. */
function isTold({ sources, gave }: OriginSource): boolean {
  return sources.length > 0 || gave !== undefined;
}

/** Keeps the last handoffs, the first untrusted sources, and in the remaining room the latest trusted ones. */
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

/** The origin, as lists, the memo and notices show it. */
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
