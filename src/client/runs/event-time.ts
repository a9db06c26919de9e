/** When an event of a history was: the history of a server, or one that was kept as a file. */
import type { temporal } from '@temporalio/proto';

type ProtoTime = temporal.api.history.v1.IHistoryEvent['eventTime'];

/** In milliseconds since 1970. Seconds are a number, a text or a Long, by where the history comes from. */
export function readEventMs(time: ProtoTime): number {
  return Number(String(time?.seconds ?? 0)) * 1_000 + Math.floor((time?.nanos ?? 0) / 1_000_000);
}
