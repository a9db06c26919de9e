/** The graph's agents and their search tool. Pure data, shared by worker, workflow and CLI. */
import { agent, tool } from '@batonhq/baton';
import { z } from 'zod';

export const Results = z.object({ results: z.array(z.string()).min(1) });
export const Assignment = z.object({ task: z.string() });
export const Material = z.object({ task: z.string(), research_results: z.array(z.string()) });
export const Found = z.object({ results: z.array(z.string()) });

export const search = tool({
  name: 'search',
  description: 'Finds notes that share words with the query, the best first.',
  input: z.object({ query: z.string() }),
  output: Found,
});

export const researcher = agent({
  name: 'researcher',
  goal: 'Find what is known about the task.',
  instructions: 'Search first. Answer with what you found that helps, each in a sentence, as it was found.',
  input: Assignment,
  output: Results,
  tools: [search],
});

export const writer = agent({
  name: 'writer',
  goal: 'Write a short report on the task that says nothing but the results.',
  input: Material,
  output: z.object({ draft: z.string().min(1) }),
});
