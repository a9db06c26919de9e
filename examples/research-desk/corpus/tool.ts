/** The tool `search_docs`, as agents see it. */
import { tool } from '@batonhq/baton';
import { z } from 'zod';
import { SearchResult } from '../shapes.js';

export const searchDocs = tool({
  name: 'search_docs',
  description:
    'Searches the documents of the corpus (read-me files, guides, comments of type declarations) by words, not by meaning. ' +
    'Use the terms that a document would use: names of packages, functions, options, errors. Gives passages with file and lines.',
  input: z.object({
    query: z.string().describe('Words to look for, e.g. "zod safeParse error result".'),
    limit: z.number().int().min(1).max(20).optional().describe('How many passages; 6 unless told.'),
  }),
  output: SearchResult,
  effect: 'read',
  // Anyone can write the documents of a package.
  untrusted: true,
  timeoutSeconds: 300,
});
