/** The document of `baton demo`. */
import { PlannedSubtask } from '../../contracts/handoff/plan-view.js';
import { RunState } from '../../contracts/wire/run-view.js';
import { z } from 'zod';
import { Failure } from './failure.js';
import { run } from './run-reference.js';
import { WaitingRequest } from './story.js';

const messageId = z.string().describe('The Message-ID of the mail.');

export const DemoDelivery = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('file').describe('The mail is a file.'),
    path: z.string().describe('Where it is.'),
    messageId,
    bytes: z.int().describe('Its size.'),
  }),
  z.object({
    kind: z.literal('smtp').describe('A mail server took the mail on.'),
    server: z.string().describe('Which, as `smtp://host:port`.'),
    to: z.string().describe('For whom.'),
    messageId,
    response: z.string().describe('The answer of the server.'),
  }),
  z.object({
    kind: z.literal('confirmed').describe('The receipt was lost; a person says that the mail was sent.'),
    by: z.string().describe('The person who confirmed it.'),
  }),
]);

export const DemoDocument = z
  .object({
    ...run,
    status: RunState.describe('Where the run stands when the command ends.'),
    models: z.string().describe('The models that have answered, with commas.'),
    error: Failure.optional().describe('Why the run failed, when it has.'),
    pending: z.array(WaitingRequest).optional().describe('The pending requests, if any.'),
    answer: z.string().nullable().describe('The answer, in Markdown; null without one.'),
    citations: z
      .array(
        z.object({
          file: z.string().describe('The document, from the current folder.'),
          startLine: z.int().describe('Its first cited line, from 1.'),
          endLine: z.int().describe('Its last cited line.'),
          text: z.string().describe('The quoted text.'),
        }),
      )
      .describe('Where the answer stands.'),
    counts: z
      .array(
        z.object({
          id: z.string().describe('As the mark names it: `[count:ID]`.'),
          claim: z.string().describe('The sentence with the number.'),
          says: z.string().describe('The count, in words.'),
          program: z.string().describe('The program that counted; `own` for one that a model wrote.'),
          number: z.number().nullable().describe('The number; null without one.'),
          files: z.int().describe('How many files were counted.'),
          packages: z.int().describe('How many packages they belong to.'),
        }),
      )
      .describe('Numbers that programs have counted; each program was run once more for the review.'),
    missing: z
      .array(z.string())
      .describe('Parts of the question that were not found, not done, or withdrawn.'),
    review: z
      .object({
        rounds: z.int().describe('How often the reviewer read the report.'),
        checked: z.int().describe('How many statements it read the last time.'),
        sentBack: z
          .array(
            z.object({
              claim: z.string().describe('The statement.'),
              why: z.string().describe('The objection of the reviewer.'),
            }),
          )
          .describe('The statements sent back to the writer.'),
        withdrawn: z.array(z.string()).describe('The statements that were removed, with reasons.'),
      })
      .nullable()
      .describe('The review of the report; null without one.'),
    plan: z
      .object({
        rationale: z.string().describe('Why the question was divided like this.'),
        subtasks: z
          .array(PlannedSubtask)
          .describe('Its parts: `research`, `code` or `writing`, each with what became of it.'),
      })
      .nullable()
      .describe('The plan that was carried out; null without one.'),
    delivery: DemoDelivery.nullable().describe('The delivery of the mail; null if none was sent.'),
    rejected: z
      .object({ by: z.string().describe('The person who rejected it.'), reason: z.string().describe('Why.') })
      .optional()
      .describe('Present when a person rejected the mail.'),
    undelivered: z
      .string()
      .optional()
      .describe('Present when the mail was to be sent and certainly was not: why.'),
    handoffs: z.int().describe('How often control moved for good.'),
    modelCalls: z.int().describe('Answers of models.'),
    webUi: z.string().nullable().describe("The run's page in the Temporal Web UI, where that is known."),
  })
  .describe("`baton demo`: the research desk's answer.");
