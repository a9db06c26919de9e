/**
 * CrewAI's classic crew: a Research Specialist finds facts on a topic, and a Content Writer writes an article
 * from them.
 */
import { tool } from '@batonhq/baton';
import { crew, crewAgent, crewTask, kickoffForEach } from '@batonhq/baton/workflow';
import { z } from 'zod';

export const search = tool({
  name: 'search',
  description: 'Searches the library for passages about something.',
  input: z.object({ search_query: z.string() }),
});

const researcher = crewAgent({
  name: 'researcher',
  role: 'Research Specialist',
  goal: 'Research interesting facts about the topic: {topic}',
  backstory: 'You are an expert at finding relevant and factual data.',
  tools: [search],
  allowDelegation: false,
});

const writer = crewAgent({
  name: 'writer',
  role: 'Content Writer',
  goal: 'Write a short blog summary using the research',
  backstory: 'You are skilled at writing engaging summaries based on provided content.',
  allowDelegation: false,
});

const researchTask = crewTask({
  name: 'research_task',
  description: 'Find 3-5 interesting facts about {topic}.',
  expectedOutput: 'A bullet list of 3-5 facts',
  agent: researcher,
});

const writeTask = crewTask({
  name: 'write_task',
  description: 'Write a 100-word blog post summary about {topic} using the facts from the research.',
  expectedOutput: 'A blog post summary',
  agent: writer,
  context: [researchTask],
});

/** Start it with `{ "topic": "…" }`. */
export const articles = crew({
  name: 'articles',
  agents: [researcher, writer],
  tasks: [researchTask, writeTask],
  process: 'sequential',
});

/** Start it with a list of such inputs. */
export const manyArticles = kickoffForEach(articles);
