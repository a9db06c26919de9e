/** The report of `npm run bench:context -- --json`, in this repository. */
import { z } from 'zod';

const share = (about: string) => z.number().min(0).max(1).describe(`${about} From 0 to 1.`);

const tokensPerHandoff = z
  .number()
  .describe("Tokens of a receiver's first request, its prompt and its messages, on the average.");
const extracted = share('Of what came up, the share that its own sender named.');
const kept = share(
  'Of what was named, the share that stood in the request of a later receiver; each receiver counts.',
);

const lost = {
  redone: share('Of the work that receivers needed, the share that they had to do again.'),
  contradicted: share('Of the decisions that receivers needed, the share that they did not know of.'),
  askedAgain: share('Of the answers that receivers needed, the share that they had to ask for again.'),
};

const measured = { extracted, kept, ...lost, tokensPerHandoff };

const Strategy = z
  .object({
    ...measured,
    toolTokensPerHandoff: z
      .number()
      .describe("Tokens of the definitions of the tools of a receiver's first request, on the average."),
    byWindow: z
      .array(
        z.object({
          window: z.int().describe('The most tokens of a request.'),
          ...measured,
          largestRequest: z
            .int()
            .describe('Tokens of the largest request, the definitions of its tools included.'),
        }),
      )
      .describe('For each size of window.'),
    byDepth: z
      .array(
        z.object({
          depth: z.int().describe('How many handoffs lie between; 1 for the next agent.'),
          needs: z.int().describe('How often something was needed at this depth.'),
          kept,
          ...lost,
        }),
      )
      .describe('By how far the receiver is from where something came up.'),
  })
  .meta({ id: 'ContextStrategy', description: 'One way of passing the context on, measured.' });

const target = z.object({
  measured: z.number().describe('The measured value.'),
  wanted: z.string().describe('The target value.'),
  met: z.boolean().describe('Whether the measured value reaches the target.'),
});

export const BenchContextDocument = z
  .object({
    v: z.literal(1).describe('The version of this shape.'),
    strategies: z
      .object({
        'truncated-history': Strategy.describe('The conversation, cut to the window from its end.'),
        'last-n': Strategy.describe('The last messages of the conversation.'),
        'naive-summary': Strategy.describe('One string for everything so far, written again at each hop.'),
        baton: Strategy.describe("Baton's handoff, with the request that its receiver's model was sent."),
      })
      .describe('The ways of passing the context on.'),
    scenarios: z.int().describe('How many scenarios were played.'),
    handoffs: z.int().describe('How many handoffs were made, by each strategy.'),
    items: z.int().describe('How many findings, decisions and answers came up.'),
    needs: z.int().describe('How often one of them was needed by a later agent.'),
    naiveLengths: z
      .array(
        z.object({
          share: z.number().describe('How long the string may be, as a share of its normal length.'),
          extracted,
          kept,
          tokensPerHandoff,
        }),
      )
      .describe('The naive summary, made shorter and longer.'),
    targets: z
      .object({
        kept: target.describe("Baton's worst window or depth."),
        tokens: target.describe("Baton's tokens a handoff ÷ the naive summary's, in the worst window."),
      })
      .describe('The targets, by name.'),
    setup: z
      .object({
        sender: z.string().describe('The writer of the summaries.'),
        countedBy: z.string().describe('How tokens were counted.'),
        seconds: z.number().describe('How long it took.'),
        node: z.string().describe("Node's version."),
      })
      .describe('How it was measured.'),
  })
  .describe('`npm run bench:context -- --json`: what is lost over many handoffs, by four strategies.');
