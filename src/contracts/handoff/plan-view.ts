/** The high-level view of a plan: who does what, and what is still open. */
import { z } from 'zod';
import type { Wire } from '../data/wire-schema.js';
import { Subtask } from './plan.js';

export const SubtaskState = z.enum(['waiting', 'working', 'done', 'failed', 'skipped', 'replaced']);
export type SubtaskState = Wire<typeof SubtaskState>;

export const PlannedSubtask = z
  .object({
    ...Subtask.shape,
    state: SubtaskState.describe('How far it has come.'),
    why: z.string().exactOptional().describe('Why it failed, was skipped or replaced.'),
  })
  .meta({ id: 'PlannedSubtask', description: 'A part of a plan, with how far it has come.' });
export type PlannedSubtask = z.infer<typeof PlannedSubtask>;

/** A running plan: its goal, and the progress of each subtask. */
export const PlanView = z
  .object({
    goal: z.string().describe('The goal of the plan.'),
    subtasks: z.array(PlannedSubtask).describe('Its subtasks, each with how far it has come.'),
  })
  .meta({ id: 'PlanView', description: 'A plan that is being carried out.' });
export type PlanView = Wire<typeof PlanView>;
