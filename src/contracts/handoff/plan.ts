/** A plan: a goal divided into subtasks that depend on each other, and how far each has come. */
import { z } from 'zod';
import type { Json } from '../data/json.js';

/** A part of a plan that one worker does. */
export const Subtask = z.object({
  id: z.string().min(1).max(64).describe('Unique in its plan; other subtasks refer to it.'),
  kind: z.string().min(1).describe('Which worker does it.'),
  task: z.string().min(1).describe('What is to be done, complete in itself.'),
  dependsOn: z.array(z.string()).describe('The ids of the subtasks whose results it needs; empty for none.'),
});
export type Subtask = z.infer<typeof Subtask>;

/** A plan as a planner gives it; whether its dependencies can be met is checked before anything is done. */
export const WorkPlan = z.object({
  subtasks: z.array(Subtask).min(1).max(12).describe('In any order; dependencies decide.'),
  rationale: z.string().describe('Why it is divided like this, in a sentence.'),
});
export type WorkPlan = z.infer<typeof WorkPlan>;

/** How a subtask failed, as its planner is told. */
export const FailedSubtask = z.object({
  subtask: Subtask,
  code: z.string().describe('The failure code.'),
  message: z.string().describe('What happened.'),
});
export type FailedSubtask = z.infer<typeof FailedSubtask>;

/** What a planner is given: a goal, and the second time what went wrong. */
export const PlanningTask = z.object({
  goal: z.string().describe('What is to be reached.'),
  kinds: z.array(z.string()).describe('The kinds of worker there are.'),
  failed: FailedSubtask.optional().describe(
    'Present when a subtask failed: plan what is to replace this one only, by other means.',
  ),
  problem: z.string().optional().describe('Present when the last plan could not be carried out: why.'),
});
export type PlanningTask = z.infer<typeof PlanningTask>;

/** What a worker is given: its subtask, and the results of those it depends on; nothing else. */
export type WorkerTask = {
  readonly goal: string;
  readonly subtask: Subtask;
  readonly results: { readonly id: string; readonly task: string; readonly output: Json }[];
};

/** What a synthesizer is given. */
export type SynthesisTask = {
  readonly goal: string;
  readonly results: {
    readonly id: string;
    readonly kind: string;
    readonly task: string;
    readonly output: Json;
  }[];
  /** What was not done, and why: the synthesis must name it. */
  readonly missing: { readonly id: string; readonly task: string; readonly why: string }[];
};
