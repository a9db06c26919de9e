/** A plan: a goal, split into subtasks with dependencies, and their progress. */
import { z } from 'zod';
import type { Json } from '../data/json.js';

/** A part of a plan for one worker. */
export const Subtask = z.object({
  id: z.string().min(1).max(64).describe('Unique in its plan; other subtasks refer to it.'),
  kind: z.string().min(1).describe('Which worker does it.'),
  task: z.string().min(1).describe('The task, understandable without other context.'),
  dependsOn: z.array(z.string()).describe('The ids of the subtasks whose results it needs; empty for none.'),
});
export type Subtask = z.infer<typeof Subtask>;

/** A plan from a planner. Its dependencies are checked before anything runs. */
export const WorkPlan = z.object({
  subtasks: z.array(Subtask).min(1).max(12).describe('In any order; dependencies decide.'),
  rationale: z.string().describe('Why it is divided like this, in a sentence.'),
});
export type WorkPlan = z.infer<typeof WorkPlan>;

/** A failed subtask, as the planner sees it. */
export const FailedSubtask = z.object({
  subtask: Subtask,
  code: z.string().describe('The failure code.'),
  message: z.string().describe('What happened.'),
});
export type FailedSubtask = z.infer<typeof FailedSubtask>;

/** The input of a planner: a goal, and on a second call what went wrong. */
export const PlanningTask = z.object({
  goal: z.string().describe('The goal.'),
  kinds: z.array(z.string()).describe('The kinds of worker there are.'),
  failed: FailedSubtask.optional().describe(
    'Present when a subtask failed: plan what is to replace this one only, by other means.',
  ),
  problem: z.string().optional().describe('Present when the last plan could not be carried out: why.'),
});
export type PlanningTask = z.infer<typeof PlanningTask>;

/** The input of a worker: its subtask and the results of its dependencies, nothing else. */
export type WorkerTask = {
  readonly goal: string;
  readonly subtask: Subtask;
  readonly results: { readonly id: string; readonly task: string; readonly output: Json }[];
};

/** The input of a synthesizer. */
export type SynthesisTask = {
  readonly goal: string;
  readonly results: {
    readonly id: string;
    readonly kind: string;
    readonly task: string;
    readonly output: Json;
  }[];
  /** The subtasks that were not done, and why. The synthesis must name them. */
  readonly missing: { readonly id: string; readonly task: string; readonly why: string }[];
};
