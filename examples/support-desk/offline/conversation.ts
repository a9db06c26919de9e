/** What an algorithm can see of its own conversation: what its tools said, and what was settled before it had the task. */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import type { z } from 'zod';

export type Request = Parameters<OfflineAnswer>[0];

interface ReadableTool<T> {
  readonly name: string;
  readonly output?: z.ZodType<T>;
}

/** What a tool gave when it was last called; undefined when it was not, or failed. */
export function resultOf<T>({ messages }: Request, { name, output }: ReadableTool<T>): T | undefined {
  const said = messages.findLast((message) => message.role === 'tool' && message.name === name && message.ok);
  return said === undefined || output === undefined ? undefined : output.parse(JSON.parse(said.content));
}

/** Why a tool did not do what it was asked to when it was last called. */
export function failureOf({ messages }: Request, { name }: { readonly name: string }): string | undefined {
  return messages.findLast((message) => message.role === 'tool' && message.name === name && !message.ok)
    ?.content;
}

/** What was said to the agent's questions. */
export function clarified({ messages }: Request): string | undefined {
  return messages.findLast((message) => message.role === 'tool' && message.name === 'clarify_handoff')
    ?.content;
}

/** What those who had the task before have settled, and the agent was told with it. */
export interface Settled {
  readonly decisions: readonly { readonly what: string; readonly why: string }[];
  readonly answered: readonly string[];
}

/** Reads it where a model reads it: in the text of the task. The oldest comes first. */
export function settledBefore({ messages }: Request): Settled {
  const task = messages.find((message) => message.role === 'user' && message.source === 'task');
  const lines = (task?.content ?? '').split('\n');
  return {
    decisions: items(lines, 'Decided').flatMap((line) => {
      const { what, why } = /^(?<what>.*?) \((?<why>.*)\)$/.exec(line)?.groups ?? {};
      return what === undefined || why === undefined ? [] : [{ what, why }];
    }),
    answered: items(lines, 'Answered'),
  };
}

/** The items of the list whose heading begins so. */
function items(lines: readonly string[], heading: string): string[] {
  let within = false;
  return lines.flatMap((line) => {
    if (!line.startsWith('- ')) within = line.startsWith(heading);
    else if (within) return [line.slice(2)];
    return [];
  });
}
