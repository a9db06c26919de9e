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
        .describe('What that cost; empty where the configuration has no prices.'),
    })
    .describe('What the try used.'),
});
export type FailedAttempt = z.infer<typeof FailedAttempt>;

const Texts = z.array(z.string());

/** The parts of the envelope that came with the task. */
const Handed = z.object({
  from: z.string().describe('Who gave it.'),
  task: z
    .object({
      goal: z.string().describe('What was to be reached.'),
      expected: z.string().describe('What was to come back.'),
      acceptance: Texts.describe('When it is done.'),
    })
    .exactOptional(),
  instructions: z.string().exactOptional().describe("The contract's own."),
  settled: z
    .object({
      done: Texts.describe('What was done before.'),
      decisions: z
        .array(z.object({ decision: z.string(), reason: z.string() }))
        .describe('What was decided, and must not be contradicted.'),
      answered: z
        .array(z.object({ question: z.string(), answer: z.string(), saidBy: SaidBy.exactOptional() }))
        .describe('What was asked already.'),
      open: Texts.describe('What is open.'),
      needToKnow: Texts.describe('What whoever has it must know.'),
    })
    .describe('What was settled before it was handed off.'),
});

/** A failed task: every attempt, the remaining options, and the state of the run. */
export const FailureReport = z.object({
  task: z.object({
    agent: z.string().describe('Who was to do it.'),
    goal: z.string().describe('What this agent is for.'),
    input: z.unknown().describe('What it was given.'),
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
        agent: z.string().describe('Who called it.'),
        tool: z.string().describe('The tool.'),
        preview: z.string().describe('The beginning of what it gave.'),
      }),
    )
    .describe('What the tries had found out before they failed.'),
  carriedOut: z
    .array(z.string())
    .describe('What was carried out and cannot be undone: it must not be repeated.'),
  state: z.object({
    owner: z.string().describe('Who is responsible for the task.'),
    path: z.string().describe('Where in the run.'),
    handoffs: z
      .array(z.object({ from: z.string(), to: z.string() }))
      .describe('Who handed off to whom in this run, oldest first.'),
    stepsLeft: Count.describe('How many activities the run may still use.'),
    tokensLeft: Count.exactOptional().describe(
      'How many tokens the task may still use; absent without a budget.',
    ),
    costLeft: Count.exactOptional().describe(
      'What the task may still cost, in micro-units: 1,000,000 is one unit of the currency; absent without a budget.',
    ),
    secondsLeft: Count.exactOptional().describe('How long the task may still take; absent without a budget.'),
  }),
  candidates: z
    .array(z.object({ name: z.string(), goal: z.string() }))
    .describe('Who may be given the task once more; "retry" names one of them.'),
});
export type FailureReport = z.infer<typeof FailureReport>;

/**
 * The decision of a recovery agent. Each kind of decision has its own strict set of keys. For one task, the runtime
 * narrows the schema to the task's output and the names of its candidates.
 */
export const RecoveryDecision = z.discriminatedUnion('decision', [
  z.strictObject({
    decision: z.literal('escalate').describe('Somebody else must decide.'),
    reason: z.string().min(1).describe('Why it cannot be mended here.'),
  }),
  z.strictObject({
    decision: z.literal('retry').describe('The task is tried once more.'),
    agent: z.string().describe('By whom: one of the candidates.'),
    guidance: z.string().min(1).describe('What it is to do differently.'),
  }),
  z.strictObject({
    decision: z.literal('resolved').describe('Here is the result of the task itself.'),
    output: z.unknown().describe('The result, as "expected" has it; a text where nothing is expected.'),
  }),
]);
export type RecoveryDecision = z.infer<typeof RecoveryDecision>;
