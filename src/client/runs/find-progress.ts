/** How far the activities have come that are running now, as their heartbeats tell it. */
import type { Client, WorkflowExecutionDescription } from '@temporalio/client';
import {
  decodeFromPayloadsAtIndex,
  loadDataConverter,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import { z } from 'zod';
import type { ActivityProgress } from '../../contracts/wire/activities.js';

const Progress = z.object({ path: z.string(), text: z.string() });

export async function findProgress(
  client: Client,
  { raw }: WorkflowExecutionDescription,
): Promise<ActivityProgress[]> {
  const converter = loadDataConverter(client.options.dataConverter);
  const told = await Promise.all(
    (raw.pendingActivities ?? []).map(({ heartbeatDetails }) =>
      decodeFromPayloadsAtIndex(converter, 0, heartbeatDetails?.payloads),
    ),
  );
  // An activity that has nothing to tell beats without a word.
  return told.flatMap((details) => Progress.safeParse(details).data ?? []);
}
