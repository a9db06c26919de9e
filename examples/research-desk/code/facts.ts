/** The facts about the corpus that a program receives: counts, never the documents themselves. */
import { z } from 'zod';

const count = z.number().int().min(0);

export const FactsRequest = z.object({
  terms: z
    .array(z.string().min(1).max(200))
    .max(8)
    .describe(
      'Words or names to count as whole words, e.g. "AbortSignal". Names like that are matched as written, other words in any case.',
    ),
  package: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Only this package, e.g. "zod" or "@temporalio/client".'),
});
export type FactsRequest = z.infer<typeof FactsRequest>;

const Counts = z.object({
  files: count.describe('Files that hold the term.'),
  lines: count.describe('Lines that hold it.'),
  times: count.describe('How often it stands there.'),
});

export const CorpusFacts = z.object({
  terms: z.array(z.string()).describe('The terms, in the order of all "counts".'),
  scope: z
    .object({
      asked: z.string().describe('The package as it was asked for.'),
      packages: z.array(z.string()).describe('The packages that bear the name; empty when none does.'),
    })
    .nullable()
    .describe('Null for the whole corpus.'),
  packages: z
    .array(
      z.object({
        name: z.string().describe('Its name; empty for documents of no package.'),
        direct: z.boolean().describe("Whether the project's package.json names it."),
        files: count.describe('Its documents: guides, read-me files, type declarations.'),
        lines: count.describe('Their lines.'),
        declarations: count.describe('How many of its documents are type declarations (.d.ts).'),
        counts: z.array(Counts).describe('For each term.'),
      }),
    )
    .describe('Every package that has documents, by name, also those without any mention.'),
  files: z
    .array(
      z.object({
        file: z.string().describe('As a reader opens it.'),
        package: z.string().describe('Its package; empty for none.'),
        lines: count.describe('All its lines.'),
        counts: z.array(Counts.omit({ files: true })).describe('For each term.'),
      }),
    )
    .describe('Files that hold a term, those with most lines of it first; at most 2,000.'),
  complete: z.boolean().describe('False when the corpus was too large to be read whole.'),
});
export type CorpusFacts = z.infer<typeof CorpusFacts>;
