/** The document of `baton demo`. */
import { z } from 'zod';
import { RunState } from '../wire/run-view.js';
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
    response: z.string().describe('What the server answered.'),
  }),
  z.object({
    kind: z.literal('confirmed').describe('The receipt was lost; a person says that the mail was sent.'),
    by: z.string().describe('Who says so.'),
  }),
]);

export const DemoDocument = z
  .object({
    ...run,
    status: RunState.describe('Where the run stands when the command ends.'),
    models: z.string().describe('The models that have answered, with commas.'),
    error: Failure.optional().describe('Why the run failed, when it has.'),
    pending: z.array(WaitingRequest).optional().describe('What waits for a person, when something does.'),
    answer: z.string().nullable().describe('The answer, in Markdown; null without one.'),
    citations: z
      .array(
        z.object({
          file: z.string().describe('The document, from the current folder.'),
          startLine: z.int().describe('Its first cited line, from 1.'),
          endLine: z.int().describe('Its last cited line.'),
          text: z.string().describe('What stands there.'),
        }),
      )
      .describe('Where the answer stands.'),
    missing: z.array(z.string()).describe('What was asked and not found.'),
    plan: z.unknown().describe('The plan that was carried out; null without one.'),
    delivery: DemoDelivery.nullable().describe('What became of the mail; null when none was sent.'),
    rejected: z
      .object({ by: z.string().describe('Who rejected it.'), reason: z.string().describe('Why.') })
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
