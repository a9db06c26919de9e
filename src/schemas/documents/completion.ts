/** The document of `baton completion`. */
import { z } from 'zod';

export const CompletionDocument = z
  .object({
    shell: z.enum(['bash', 'zsh', 'fish']).describe('For which shell.'),
    script: z.string().describe('What that shell is to source.'),
  })
  .describe('`baton completion`: a script by which a shell completes what is typed.');
