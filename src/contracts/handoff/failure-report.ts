/**
 * The report about a failed task for a recovery agent, and the decisions it can make. A person who decides instead
 * reads the same report.
 */
import { z } from 'zod';
import { SaidBy } from './said-by.js';

const Count = z.int().min(0);

/** One attempt at the task, and its outcome. */
export const FailedAttempt = z.object({
  agent: z.string().describe('Who tried.'),
  turn: Count.describe('In which of its turns it failed, from 1; 0 when its model never answered.'),
  code: z.string().describe('The failure code.'),
  message: z.string().describe('What happened.'),
  cost: z
    .object({
      modelCalls: Count.describe('How often a model was asked.'),
      inputTokens: Count.describe('Tokens it read.'),
      outputTokens: Count.describe('Tokens it wrote.'),
      money: z
        .array(
          z.object({
            amount: Count.describe('Micro-units: 1,000,000 is one unit of the currency.'),
            currency: z.string(),
          }),
        )
        .describe('The cost; empty if the configuration has no prices.'),
    })
    .describe('The usage of the attempt.'),
});
export type FailedAttempt = z.infer<typeof FailedAttempt>;

const Texts = z.array(z.string());

/** The parts of the envelope that came with the task. */
const Handed = z.object({
  from: z.string().describe('The sender.'),
  task: z
    .object({
      goal: z.string().describe('The goal.'),
      expected: z.string().describe('The expected result.'),
      acceptance: Texts.describe('When it is done.'),
    })
    .exactOptional(),
  instructions: z.string().exactOptional().describe("The contract's own."),
  settled: z
    .object({
      done: Texts.describe('Completed work.'),
      decisions: z
        .array(z.object({ decision: z.string(), reason: z.string() }))
        .describe('Decisions that must not be contradicted.'),
      answered: z
        .array(z.object({ question: z.string(), answer: z.string(), saidBy: SaidBy.exactOptional() }))
        .describe('Questions that were already asked.'),
      open: Texts.describe('Open tasks.'),
      needToKnow: Texts.describe('Facts that the owner of the task must know.'),
    })
    .describe('The facts settled before the handoff.'),
});

/** A failed task: every attempt, the remaining options, and the state of the run. */
export const FailureReport = z.object({
  task: z.object({
    agent: z.string().describe('The agent of the task.'),
    goal: z.string().describe('The goal of this agent.'),
    input: z.unknown().describe('The input of the task.'),
    expected: z
      .unknown()
      .optional()
      .describe('The JSON Schema that a result must fit; absent where the result is text.'),
    handed: Handed.exactOptional().describe('How it was handed off; absent where code gave the input alone.'),
  }),
  attempts: z.array(FailedAttempt).min(1).describe('Every try, the first one first.'),
  results: z
    .array(
      z.object({
        agent: z.string().describe('The agent that made the call.'),
        tool: z.string().describe('The tool.'),
        preview: z.string().describe('The beginning of what it gave.'),
      }),
    )
    .describe('The findings of the attempts before they failed.'),
  carriedOut: z.array(z.string()).describe('Irreversible actions that ran: they must not be repeated.'),
  state: z.object({
    owner: z.string().describe('The owner of the task.'),
    path: z.string().describe('Where in the run.'),
    handoffs: z
      .array(z.object({ from: z.string(), to: z.string() }))
      .describe('The handoffs of this run, oldest first.'),
    stepsLeft: Count.describe('How many activities the run may still use.'),
    tokensLeft: Count.exactOptional().describe(
      'How many tokens the task may still use; absent without a budget.',
    ),
    costLeft: Count.exactOptional().describe(
      'The cost budget left, in micro-units: 1,000,000 is one unit of the currency; absent without a budget.',
    ),
    secondsLeft: Count.exactOptional().describe('How long the task may still take; absent without a budget.'),
  }),
  candidates: z
    .array(z.object({ name: z.string(), goal: z.string() }))
    .describe('The agents that can retry the task; "retry" names one of them.'),
});
export type FailureReport = z.infer<typeof FailureReport>;

/**
 * The decision of a recovery agent. Each kind of decision has its own strict set of keys. For one task, the runtime
 * narrows the schema to the task's output and the names of its candidates.
 */
export const RecoveryDecision = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('escalate').describe('Somebody else must decide.'),
    reason: z.string().min(1).describe('Why the recovery agent cannot fix it.'),
  }),
  z.strictObject({
    decision: z.literal('retry').describe('The task is tried once more.'),
    agent: z.string().describe('By whom: one of the candidates.'),
    guidance: z.string().min(1).describe('The change for the next attempt.'),
  }),
  z.strictObject({
    decision: z.literal('resolved').describe('Here is the result of the task itself.'),
    output: z.unknown().describe('The result, as "expected" has it; a text where nothing is expected.'),
  }),
]);
export type RecoveryDecision = z.infer<typeof RecoveryDecision>;
