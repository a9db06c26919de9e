/**
 * The research desk: its members, the data that they exchange, and their permissions. Pure data, shared by
 * the workflow, the workers and the CLI.
 */
import { team } from '@batonhq/baton';
import { coder } from './agents/coder.js';
import { drafter } from './agents/drafter.js';
import { lead, leadToWriter } from './agents/lead.js';
import { planner } from './agents/planner.js';
import { researcher } from './agents/researcher.js';
import { reviewer } from './agents/reviewer.js';
import { writer } from './agents/writer.js';

export { lead, planner, reviewer, writer };
export { reportDestination, sendReport } from './mail/tool.js';
export { readEvidence } from './review/tool.js';
export * from './shapes.js';

/** By the kinds that a plan can name. */
export const workers = { research: researcher, code: coder, writing: drafter };

export const desk = team({
  name: 'research-desk',
  agents: [planner, researcher, coder, drafter, lead, writer, reviewer],
  contracts: [leadToWriter],
});
