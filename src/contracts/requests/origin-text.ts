/**
 * The origin of a request as text: the same lines in the terminal, on the page, in notices and in the Temporal Web UI.
 */
import { toOneLine } from '../data/untrusted-text.js';
import type { RequestOrigin } from './origin.js';

export interface OriginLine {
  readonly name: 'task' | 'handoff' | 'read' | 'origin';
  readonly text: string;
  /** Outsiders wrote it. */
  readonly untrusted?: true;
}

const UNTRUSTED = 'UNTRUSTED: it holds what outsiders wrote';
/** Lists show this if some of the input of a request came from outsiders. */
export const READ_UNTRUSTED = 'read untrusted';
/** The origin is information about a request. No decision is bound to it. */
export const RUN_SAYS = 'as the run tells it; no signature covers this';

/** The input, the path of the task and the sources, one line each. */
export function describeOrigin(origin: RequestOrigin | undefined): readonly OriginLine[] {
  if (origin === undefined)
    return [{ name: 'origin', text: 'unknown: the run does not say where this comes from' }];
  const { task, handoffs, read, earlier } = origin;
  const lines: readonly OriginLine[] = [
    { name: 'task', text: task === undefined ? 'nothing was asked for in words' : describeTask(task) },
    ...handoffs.map(({ from, to, goal }) => ({ name: 'handoff' as const, text: `${from} → ${to}: ${goal}` })),
    ...(read.length === 0 ? [{ name: 'read' as const, text: 'nothing, by any tool' }] : []),
    ...read.map(describeSource),
    {
      name: 'origin',
      text: `${earlier === undefined ? '' : `${earlier} more left out; `}${RUN_SAYS}`,
    },
  ];
  return lines.map((line) => ({ ...line, text: toOneLine(line.text) }));
}

function describeTask({ text, by }: NonNullable<RequestOrigin['task']>): string {
  return by === undefined ? text : `${by}: ${text}`;
}

function describeSource({
  by,
  tool,
  times,
  sources,
  gave,
  untrusted,
}: RequestOrigin['read'][number]): OriginLine {
  const often = times === 1 ? '' : `, ${times} times`;
  const last = times > sources.length && times > 1 ? 'last ' : '';
  const what = sources.length === 0 ? '' : ` (${last}${sources.join('; ')})`;
  const text = `${by} by ${tool}${often}${what}${gave === undefined ? '' : `: “${gave}”`}`;
  if (untrusted === undefined) return { name: 'read', text };
  return { name: 'read', text: `${text}. ${UNTRUSTED}`, untrusted };
}
