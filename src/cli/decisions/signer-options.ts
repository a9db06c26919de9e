/** The options by which a command that signs is told whose key signs. */
import { z } from 'zod';
import type { Flag } from '../session/command.js';

export function listSignerOptions(who: string): readonly Flag[] {
  return [
    { flags: '--as <subject>', about: `${who} (default: whose key it is)` },
    {
      flags: '--key <file>',
      about: "the key that signs (default: $BATON_KEY, else the subject's of `baton keys new`)",
      values: 'files',
    },
  ];
}

export const SignerOptions = z.object({
  as: z.string().min(1).max(200).optional(),
  key: z.string().min(1).optional(),
});
export type SignerOptions = z.infer<typeof SignerOptions>;
