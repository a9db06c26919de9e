/** The arguments of a Temporal dev server: where it listens and keeps its data, and settings for one host. */
import { SEARCH_ATTRIBUTES } from '../../contracts/wire/wire.js';

/** The server listens on this machine only. */
export const HOST = '127.0.0.1';

/** The arguments for a server on these ports. Without `dbFile` it keeps its data in memory; without `uiPort` it has no Web UI. */
export function listServerArguments(
  dbFile: string | undefined,
  port: number,
  uiPort: number | undefined,
): string[] {
  return [
    'server',
    'start-dev',
    `--ip=${HOST}`,
    `--port=${port}`,
    '--log-level=error',
    uiPort === undefined ? '--headless' : `--ui-port=${uiPort}`,
    // By default, the server reads its transfer queue at most 20 times a second, which makes a step take 103
    // ms instead of 34.
    '--dynamic-config-value=history.transferProcessorMaxPollRPS=2000',
    '--dynamic-config-value=system.enableActivityEagerExecution=true',
    // A queue has four parts by default, for servers with many hosts. Each part polls the next, which costs a fifth of this
    // server's processor time.
    '--dynamic-config-value=matching.numTaskqueueReadPartitions=1',
    '--dynamic-config-value=matching.numTaskqueueWritePartitions=1',
    // A write-ahead log with a sync at each commit is faster than the default, and as durable. The file's
    // name is a separate argument, by which `findServers` recognises the process.
    ...(dbFile === undefined
      ? []
      : ['--db-filename', dbFile, '--sqlite-pragma=journal_mode=wal', '--sqlite-pragma=synchronous=full']),
    ...Object.entries(SEARCH_ATTRIBUTES).map(([name, type]) => `--search-attribute=${name}=${type}`),
  ];
}
