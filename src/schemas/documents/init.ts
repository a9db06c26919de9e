/** The document of `baton init`. */
import { z } from 'zod';

export const InitDocument = z
  .object({
    name: z.string().describe("The project's name."),
    folder: z.string().describe('Where it is; absolute.'),
    files: z.array(z.string()).describe('What was written, seen from the folder.'),
  })
  .describe('`baton init`: the project that was made.');
