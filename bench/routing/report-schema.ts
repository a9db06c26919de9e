/** The report of `npm run bench:routing -- --json`, in this repository. */
import { z } from 'zod';

const share = z.number().min(0).max(1);

const Tally = z
  .object({
    requests: z.int().describe('How many there are.'),
    decided: z.int().describe('By a router; the others were left to the fallback, which here keeps them.'),
    right: z.int().describe('Decided, and as the label says.'),
    accuracy: share.describe('right ÷ requests: what is left to the fallback is not right.'),
    rightWhereDecided: share.describe('right ÷ decided; 0 where nothing was decided.'),
  })
  .meta({ id: 'Tally', description: 'How often a router was right.' });

const SplitReport = z
  .object({
    all: Tally.describe('All requests of the split.'),
    easy: Tally.describe('Those that are not tagged as hard.'),
    hard: Tally.describe('Those that are.'),
    byHardship: z
      .object({
        'two topics': Tally.describe('The request also has a topic of another destination.'),
        'no keyword': Tally.describe('None of the words stands there that one would look for.'),
        negation: Tally.describe("Another destination's word stands there, denied."),
      })
      .describe('The hard ones, by what makes them hard.'),
    confusion: z
      .record(z.string(), z.record(z.string(), z.int()))
      .describe('By label: where the requests were sent, and how many; `keep` is nowhere.'),
    decidedBy: z
      .object({
        rules: z.int().describe('Decisions of rules.'),
        similarity: z.int().describe('Decisions of similarity.'),
        classifier: z.int().describe('Decisions of the classifier.'),
        fallback: z.int().describe('Requests that no router was sure of.'),
      })
      .describe('How many decisions each router made.'),
    modelCallsPerDecision: z
      .number()
      .describe('Answers and embeddings that a model was asked for, a request.'),
    failures: z.int().describe('How often a router was asked and failed.'),
  })
  .meta({ id: 'SplitReport', description: 'One router on one split.' });

const router = z.object({
  development: SplitReport.describe('The requests that rules and descriptions were written by.'),
  heldOut: SplitReport.describe('The requests that were written before them, and apart.'),
});

export const BenchRoutingDocument = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    models: z
      .object({
        classifier: z.string().describe("The classifier's model: its name, or `offline`."),
        similarity: z.string().describe('How similarity compares.'),
      })
      .describe('The models that the routers used.'),
    routers: z
      .object({
        rules: router.describe('Predicates.'),
        similarity: router.describe('Closeness to descriptions.'),
        classifier: router.describe('A model.'),
        chain: router.describe('The three, in this order; the first that is sure decides.'),
      })
      .describe('By router.'),
    setup: z
      .object({
        node: z.string().describe("Node's version."),
        engine: z.string().describe("The server's version."),
        processors: z.int().describe('How many there are.'),
      })
      .describe('The machine.'),
    raw: z.unknown().describe('Every decision with its request. The shape may change without notice.'),
  })
  .describe('`npm run bench:routing -- --json`: how often each router is right on labelled requests.');
