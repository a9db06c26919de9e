/** The input of a child agent, which runs as a child workflow. */
import { z } from 'zod';
import { Count, type Wire } from '../data/wire-schema.js';
import { KnownMemory } from '../handoff/envelope.js';
import { Loan } from '../handoff/loan.js';
import { SaidMeanwhile } from '../requests/request-parts.js';
import { RequestOrigin } from '../requests/origin.js';
import { partOf } from '../proof/claims.js';
import { home } from './run-home.js';
import { acknowledge, Entry, permissions, root, routed, team } from './model-call.js';

/** Where an agent's work on a task starts or continues. */
export const WorkStart = z.object({
  head: z.string().nullable().describe('Its conversation so far; null when it begins.'),
  entries: z.array(Entry).describe('The new entries; the envelope first at the beginning.'),
  turns: Count.describe('How many turns it has taken before.'),
  repairs: Count.describe('How many of them could not be used.'),
  acknowledge,
  memory: KnownMemory.optional().describe('The versions of the shared memory that it knows.'),
});
export type WorkStart = Wire<typeof WorkStart>;

export const ChildAgentInput = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    agent: z.string().describe('The agent that gets the task.'),
    maxTurns: z.int().min(1).describe('How many model calls the task may take.'),
    handoffs: z.array(z.string()).describe('The contracts, as `name@version`, by which it may hand off.'),
    redirectTo: z.array(z.string()).describe('To whom a person may move the task, by name.'),
    start: WorkStart.describe('The point at which its work starts or resumes.'),
    permissions,
    loan: Loan,
    root,
    home,
    ...partOf,
    workflow: z.string().optional().describe('The workflow type of that run.'),
    team,
    routed,
    heard: z.array(SaidMeanwhile).optional().describe('Unanswered messages to its run.'),
    withdraws: z
      .literal(true)
      .optional()
      .describe('Present if a message withdraws pending approval requests.'),
    origin: RequestOrigin.optional().describe('Where its task comes from.'),
    path: z.string().describe('Where in that run.'),
  })
  .describe('The input of a child agent.');
export type ChildAgentInput = Wire<typeof ChildAgentInput>;
