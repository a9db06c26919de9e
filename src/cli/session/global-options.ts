/** The options that every command takes. */
import type { Flag } from './command.js';

export const GLOBAL_OPTIONS: readonly Flag[] = [
  { flags: '--json', about: 'print one JSON document on stdout, and nothing else' },
  {
    flags: '--address <host:port>',
    about: "the Temporal server (else: profile, environment, this folder's engine)",
  },
  { flags: '--namespace <name>', about: 'the Temporal namespace' },
  { flags: '--profile <name>', about: "a profile of Temporal's configuration file" },
  { flags: '--verbose', about: 'show stacks of errors' },
];
