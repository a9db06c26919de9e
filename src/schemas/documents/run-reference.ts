/** How documents refer to a run. */
import { z } from 'zod';

export const run = {
  workflowId: z.string().describe("The run's id."),
  runId: z.string().describe("Temporal's id of this execution."),
};

export const webUi = z.string().optional().describe('Its page in the Temporal Web UI, where that is known.');
