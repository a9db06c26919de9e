/** Reads an algorithm's own conversation: tool results, and facts that were settled before its task. */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import type { z } from 'zod';

export type Request = Parameters<OfflineAnswer>[0];

interface ReadableTool<T> {
  readonly name: string;
  readonly output?: z.ZodType<T>;
}

/** The result of a tool's last call; undefined without a call, or if it failed. */
export function resultOf<T>({ messages }: Request, { name, output }: ReadableTool<T>): T | undefined {
  const said = messages.findLast((message) => message.role === 'tool' && message.name === name && message.ok);
  return said === undefined || output === undefined ? undefined : output.parse(JSON.parse(said.content));
}

/** Why the last call of a tool failed. */
export function failureOf({ messages }: Request, { name }: { readonly name: string }): string | undefined {
  return messages.findLast((message) => message.role === 'tool' && message.name === name && !message.ok)
    ?.content;
}

/** The answers to the agent's questions. */
export function clarified({ messages }: Request): string | undefined {
  return messages.findLast((message) => message.role === 'tool' && message.name === 'clarify_handoff')
    ?.content;
}

/** The facts that earlier owners settled, as the agent received them. */
export interface Settled {
  readonly decisions: readonly { readonly what: string; readonly why: string }[];
  readonly answered: readonly string[];
}

/** Reads them where a model reads them: in the text of the task. The oldest comes first. */
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

/** The items of the list whose heading starts with this text. */
function items(lines: readonly string[], heading: string): string[] {
  let within = false;
  return lines.flatMap((line) => {
    if (!line.startsWith('- ')) within = line.startsWith(heading);
    else if (within) return [line.slice(2)];
    return [];
  });
}
