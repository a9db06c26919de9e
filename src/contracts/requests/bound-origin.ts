/** Where a request comes from, kept within bounds: what a request says of it, what its summary does, and reading one. */
import { isJsonObject, type Json } from '../data/json.js';
import { clip } from '../data/preview.js';
import type { OriginHandoff, OriginSource, OriginTask, RequestOrigin } from './origin.js';

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

const TEXT_LIMIT = 2_000;
const LIST_LIMIT = 50;

/** Whether something from outside is one that can be shown. */
export function isRequestOrigin(value: unknown): value is RequestOrigin {
  if (typeof value !== 'object' || value === null) return false;
  const { task, handoffs, read, earlier } = value as Partial<Record<keyof RequestOrigin, unknown>>;
  return (
    (task === undefined || (isJsonObject(task) && isTask(task))) &&
    isListOf(handoffs, isHandoff) &&
    isListOf(read, isSource) &&
    (earlier === undefined || typeof earlier === 'number')
  );
}

function isTask(value: object): boolean {
  const { text, by } = value as Partial<Record<keyof OriginTask, unknown>>;
  return isText(text) && (by === undefined || isText(by));
}

function isHandoff(value: object): boolean {
  const { from, to, goal } = value as Partial<Record<keyof OriginHandoff, unknown>>;
  return [from, to, goal].every(isText);
}

function isSource(value: object): boolean {
  const { by, tool, times, sources, gave, untrusted } = value as Partial<Record<keyof OriginSource, unknown>>;
  return (
    isText(by) &&
    isText(tool) &&
    typeof times === 'number' &&
    (gave === undefined || isText(gave)) &&
    Array.isArray(sources) &&
    sources.length <= LIST_LIMIT &&
    sources.every(isText) &&
    (untrusted === undefined || untrusted === true)
  );
}

function isListOf(value: unknown, fits: (element: object) => boolean): boolean {
  if (!Array.isArray(value) || value.length > LIST_LIMIT) return false;
  return (value as readonly Json[]).every((each) => isJsonObject(each) && fits(each));
}

function isText(text: unknown): boolean {
  return typeof text === 'string' && text.length <= TEXT_LIMIT;
}
