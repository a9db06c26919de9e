/** The classic example of a state graph: an orchestrator sends tasks to a researcher and a writer. */
import { append, END, graph, node } from '@batonhq/baton/workflow';
import { z } from 'zod';
import { researcher, writer } from './team.js';

const AgentState = z.object({
  task: z.string(),
  research_results: z.array(z.string()),
  draft: z.string(),
  current_agent: z.string(),
});

/** After each worker the orchestrator reads the state again and chooses the next node. */
export const report = graph({
  name: 'report',
  state: AgentState,
  reducers: { research_results: append },
  initial: { research_results: [], draft: '', current_agent: 'orchestrator' },
  nodes: {
    orchestrator: ({ research_results, draft }) => {
      if (research_results.length === 0) return { current_agent: 'researcher' };
      if (draft === '') return { current_agent: 'writer' };
      return { current_agent: 'done' };
    },
    researcher: node(researcher, {
      input: ({ task }) => ({ task }),
      output: ({ results }) => ({ research_results: results, current_agent: 'orchestrator' }),
    }),
    writer: node(writer, {
      input: ({ task, research_results }) => ({ task, research_results }),
      output: ({ draft }) => ({ draft, current_agent: 'orchestrator' }),
    }),
  },
  entry: 'orchestrator',
  edges: ({ edge, conditionalEdge }) => [
    conditionalEdge(
      'orchestrator',
      ({ current_agent }) => {
        if (current_agent === 'researcher' || current_agent === 'writer') return current_agent;
        return END;
      },
      ['researcher', 'writer', END],
    ),
    edge('researcher', 'orchestrator'),
    edge('writer', 'orchestrator'),
  ],
});
