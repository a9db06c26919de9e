/** The report of `npm run bench:long -- --json`, in this repository. */
import { Count } from '../../src/contracts/data/wire-schema.js';
import { z } from 'zod';

const target = (about: string) =>
  z
    .object({
      measured: z.number().describe('The measured value.'),
      atMost: z.number().describe('The target: at most this value.'),
      met: z.boolean().describe('Whether it was reached.'),
    })
    .describe(about);

export const BenchLongDocument = z
  .object({
    turns: Count.describe('How many messages were answered.'),
    historyBytesPerCall: Count.describe(
      'The bytes that the server keeps for each model call and its tool call.',
    ),
    maxHistoryBytes: Count.describe('Of the largest execution.'),
    continuedAsNew: Count.describe('How often the run continued in a new execution.'),
    workerMemoryMb: Count.describe("The worker's process in the last quarter, median."),
    workerMemoryGrowth: z.number().describe('The same as a multiple of the second quarter.'),
    modelCalls: Count.describe('In all.'),
    executions: z
      .array(
        z.object({
          bytes: Count.describe('As the server counts them.'),
          events: Count.describe('In its history.'),
          modelCalls: Count.describe('In it.'),
        }),
      )
      .describe('Oldest first.'),
    setup: z
      .object({
        node: z.string().describe('The version of Node.'),
        engine: z.string().describe('The server.'),
        answerBytes: Count.describe('Of each answer, and of each result of a tool.'),
      })
      .describe('The software and the sizes of the run.'),
    targets: z
      .object({
        historyBytesPerCall: target('History for each model call, in bytes.'),
        maxHistoryBytes: target('The largest execution, in bytes.'),
        workerMemoryGrowth: target('The memory, as a multiple.'),
      })
      .describe('The targets, and whether the run reached them.'),
  })
  .describe('The history and memory that a conversation of thousands of turns needs.');
