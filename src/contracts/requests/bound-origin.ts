/** Where a request comes from, kept within bounds: what a request says of it, what its summary does, and reading one. */
import { isJsonObject, type Json } from '../data/json.js';
import { clip } from '../data/preview.js';
import type { OriginHandoff, OriginSource, OriginTask, RequestOrigin } from './origin.js';

/** The latest calls of one tool that are told. */
const CALLS_AT_MOST = 3;

/** One entry for each tool that somebody has read by, the latest last. */
export function mergeSources(all: readonly OriginSource[]): readonly OriginSource[] {
  const merged = new Map<string, OriginSource>();
  for (const each of all) {
    const key = JSON.stringify([each.by, each.tool]);
    const before = merged.get(key);
    merged.delete(key);
    const sources = [...new Set([...(before?.sources ?? []), ...each.sources])].slice(-CALLS_AT_MOST);
    merged.set(key, { ...before, ...each, times: (before?.times ?? 0) + each.times, sources });
  }
  return [...merged.values()];
}

/** The last of its handoffs, and what was read last; what is untrusted stays before what is not. */
export function boundOrigin(origin: RequestOrigin, handoffs: number, sources: number): RequestOrigin {
  const { read } = origin;
  const marked = read.filter(({ untrusted }) => untrusted);
  const kept = new Set([...read.filter(({ untrusted }) => !untrusted), ...marked].slice(-sources));
  const bounded = {
    handoffs: origin.handoffs.slice(-handoffs),
    read: read.filter((source) => kept.has(source)),
  };
  const left = origin.handoffs.length - bounded.handoffs.length + read.length - kept.size;
  const earlier = (origin.earlier ?? 0) + left;
  return { ...origin, ...bounded, ...(earlier === 0 ? {} : { earlier }) };
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
