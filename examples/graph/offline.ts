/** The graph's agents without a provider: an algorithm for each, behind the same interface as a model. */
import type { OfflineAnswer } from '@batonhq/baton/worker';
import { Assignment, Found, Material, search } from './team.js';

/** Searches, and answers with the results, or says that there are no results. */
const find: OfflineAnswer = ({ input, messages }) => {
  const { task } = Assignment.parse(input);
  const said = messages.findLast((message) => message.role === 'tool' && message.name === search.name);
  if (said === undefined) return { toolCalls: [{ name: search.name, args: { query: task } }] };
  const { results } = Found.parse(JSON.parse(said.content));
  return { output: { results: results.length > 0 ? results : [`Nothing is known about "${task}".`] } };
};

/** The task as a heading, with the results below it. */
const write: OfflineAnswer = ({ input }) => {
  const { task, research_results } = Material.parse(input);
  return { output: { draft: [`# ${task}`, ...research_results].join('\n\n') } };
};

export const algorithms: Readonly<Record<string, OfflineAnswer>> = { researcher: find, writer: write };
