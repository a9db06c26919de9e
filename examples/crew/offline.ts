/** The crew without a provider: an algorithm for each agent, behind the same interface as a model. */
import type { OfflineAnswer } from '@batonhq/baton/worker';

/** The part of a crew task's input that these two algorithms read. */
interface Given {
  readonly task?: string;
  readonly context?: readonly { readonly output?: unknown }[];
}

const FACTS = 5;

/** Searches once, with the words of the task, and lists the results. */
const research: OfflineAnswer = ({ input, messages }) => {
  const last = messages.at(-1);
  if (last?.role !== 'tool')
    return { toolCalls: [{ name: 'search', args: { search_query: (input as Given).task ?? '' } }] };
  const facts = last.content.split('\n').slice(0, FACTS);
  return { content: facts.map((fact) => `- ${fact}`).join('\n') };
};

/** Joins the facts of its input into one paragraph. */
const write: OfflineAnswer = ({ input }) => {
  const { context = [] } = input as Given;
  const facts = context.flatMap(({ output }) => (typeof output === 'string' ? output.split('\n') : []));
  const text = facts.map((fact) => fact.replace(/^- /, '')).join(' ');
  return { content: `The findings of the research, put together without a model: ${text}` };
};

export const crewAlgorithms: Readonly<Record<string, OfflineAnswer>> = {
  researcher: research,
  writer: write,
};
