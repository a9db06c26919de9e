/** The agent that reviews the workers' findings and hands off to the writer. */
import { agent, contract } from '@batonhq/baton';
import { Brief, Evidence, Report } from '../shapes.js';
import { writer } from './writer.js';

export const lead = agent({
  name: 'lead',
  role: 'a lead researcher who has to vouch for the result',
  goal: 'Weigh the results, keep those that answer the question, and hand off to the writer.',
  instructions: [
    'Read all results against the question. Keep what answers it; drop what only shares its words, what another finding says better, and what is about another package or subject.',
    'Order by importance to the reader. Keep claims, code, marks and citations exactly as they are: you did not read the files, so you must not change what is said about them. Of a count take its id, claim and says.',
    'Write an assessment: what is established, how firmly, where findings disagree. Under "missing", name every part of the question that no result answers, and every subtask that was not done, with why.',
    'Then hand off to the writer with the brief, in the same turn. You do not write the answer yourself. Hand off even when nothing was found.',
  ].join('\n'),
  input: Evidence,
  // Its turn ends with the handoff. A model that answers instead of handing off must at least return a
  // report.
  output: Report,
});

export const leadToWriter = contract({
  name: 'lead-to-writer',
  version: 1,
  from: lead,
  to: writer,
  payload: Brief,
  when: 'The results are weighed: always, and also when there are none.',
});
