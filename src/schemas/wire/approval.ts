/** What a person is asked and what was decided, as schemas. The decision itself is one already, in the contracts. */
import { z } from 'zod';
import {
  RequestOption,
  type ApprovalRequest as ApprovalRequestType,
  type DecisionTicket as DecisionTicketType,
  type RequestSummary as RequestSummaryType,
} from '../../contracts/requests/approval.js';
import { mirrorOf } from '../parts/mirror.js';
import { AnyJson, Instant } from '../parts/parts.js';

export const Reason = z
  .enum([
    'asked-by-orchestration',
    'irreversible-effect',
    'compliance',
    'low-confidence',
    'unknown-outcome',
    'handed-over',
    'clarification',
    'recovery-exhausted',
  ])
  .meta({ id: 'RequestReason', description: 'Why a person is asked.' });

/** One round of questions before a decision, without its number. */
export const askedBack = {
  by: z.string().describe('Who wants to know.'),
  questions: z.array(z.string()).describe('What they ask.'),
  askedAt: Instant.describe('When they asked.'),
  answers: z
    .array(z.string().nullable())
    .optional()
    .describe('In the order of the questions, null for what is not known; absent until there are some.'),
  answeredBy: z.string().optional().describe('Who answered.'),
  answeredAt: Instant.optional().describe('When there were answers, or it was known that there are none.'),
  problem: z.string().optional().describe('Why there are none; the request stays open.'),
};

/** What a request, its summary and a waiting request have in common. */
export const asked = {
  id: z
    .string()
    .describe('`<workflow id>/<hash>`: the part before the last slash is the workflow that decides.'),
  reason: Reason.describe('Why a person is asked.'),
  question: z.string().describe('What is to be decided, in a sentence.'),
  askedBy: z.string().describe('Who asks: an agent, or the orchestration.'),
  askedOf: z
    .object({
      name: z.string().optional().describe("A person's name in the team; absent where only roles are known."),
      roles: z.array(z.string()).describe('Their roles, e.g. `finance`.'),
    })
    .optional()
    .describe('Which person is meant; absent when anybody is.'),
  path: z.string().describe('Where in the run, e.g. `parallel-1/2/writer-0`.'),
  digest: z
    .string()
    .optional()
    .describe(
      'SHA-256 over the canonical JSON of `{ request, run, tool, args }`, or of `{ request, run, question, details? }` where there is no action.',
    ),
  revision: z.int().min(1).describe('1 when it is asked; one more with each edit.'),
  signed: z.literal(true).optional().describe('Present where a decision counts only when it is signed.'),
  needs: z
    .object({
      policy: z
        .string()
        .optional()
        .describe("The policy that asks for it; absent where it is Baton's own rule."),
      roles: z.array(z.string()).describe('One of these; empty for anybody of the registry.'),
      quorum: z.int().min(1).describe('How many distinct people must say yes.'),
      notRequester: z.boolean().describe('Whoever asked for the run has no say.'),
    })
    .optional()
    .describe('Who must decide, and how many; absent where anybody may.'),
  askedAt: Instant.describe('When the run began to wait.'),
  deadline: Instant.optional().describe('When waiting ends; nothing is done then.'),
  onExpiry: z
    .literal('reject')
    .optional()
    .describe('Present where the deadline counts as a rejection; without, it fails with `APPROVAL_EXPIRED`.'),
  escalates: z
    .array(
      z.object({
        at: Instant.describe('When, if it is not decided by then.'),
        roles: z.array(z.string()).describe('They may decide from then on, beside those who could before.'),
      }),
    )
    .optional()
    .describe('Whom it still goes on to.'),
  claim: z
    .object({
      by: z.string().describe('Who looks into it.'),
      until: Instant.describe('From then on it counts for nothing.'),
    })
    .optional()
    .describe('Who looks into it; others may decide all the same.'),
  reminded: z.int().min(1).optional().describe('How often people were told again.'),
};

const conversation = z
  .array(
    z.object({
      round: z.int().min(1).describe('Which round.'),
      ...askedBack,
    }),
  )
  .optional()
  .describe('What was asked before deciding, and answered, oldest first.');

const before = {
  attempted: z
    .array(z.string())
    .optional()
    .describe('What was done before on its path, a line each, the latest last.'),
  state: z
    .object({
      owner: z.string().describe('Who had control.'),
      steps: z
        .object({ used: z.int().describe('So many.'), budget: z.int().describe('Of so many.') })
        .describe('The steps of the run.'),
      modelCalls: z.int().describe('Model calls so far.'),
      toolCalls: z.int().describe('Tool calls so far.'),
    })
    .optional()
    .describe('Where the run stood when it asked.'),
};

/** What a request says of deciding it other than by yes and no; lists and the memo do without. */
export const furtherWays = {
  votes: z
    .array(
      z.object({
        by: z.string().describe('Who.'),
        option: z.string().describe('What they said.'),
        answer: AnyJson.optional().describe('For "answer": those who give the same one agree.'),
        decidedAt: Instant.describe('When it counted.'),
        reason: z.string().optional().describe('Why, in their words.'),
      }),
    )
    .optional()
    .describe('Who has said yes so far, where it needs more than one; an edit makes them lapse.'),
  conversation,
  ...before,
  argsSchema: AnyJson.optional().describe(
    'The JSON Schema that edited arguments must fit; present when `edit` is offered.',
  ),
  confidence: z
    .number()
    .optional()
    .describe('How sure it is that the action is right, from 0 to 1; absent where nobody has said.'),
  editedBy: z.string().optional().describe('Who changed the arguments last.'),
  redirectTo: z.array(z.string()).optional().describe('Who `redirect` may name; present when it is offered.'),
  answerSchema: AnyJson.optional().describe(
    'The JSON Schema that an answer must fit; present when `answer` is offered.',
  ),
};

export const ApprovalRequest = mirrorOf<ApprovalRequestType>()(
  z
    .object({
      v: z.literal(1).describe('The version of this shape.'),
      ...asked,
      reminds: z
        .object({
          at: Instant.describe('When people are told again, if it is not decided by then.'),
          everyMs: z.number().describe('How often from then on, in milliseconds.'),
        })
        .optional()
        .describe('When people are told again.'),
      ...furtherWays,
      run: z.string().describe('What names this execution in digests.'),
      details: z.string().optional().describe('What a person should know to decide; Markdown.'),
      action: z
        .object({
          tool: z.string().describe('The tool that is called.'),
          args: AnyJson.describe('Its exact arguments.'),
        })
        .optional()
        .describe('The exact action that a decision releases.'),
      options: z.array(RequestOption).describe('What may be decided.'),
    })
    .describe('What waits for a person, whole: an element of the answer to the query `pending`.'),
);

export const DecisionTicket = mirrorOf<DecisionTicketType>()(
  z
    .object({
      request: z.string().describe('The id of the request.'),
      option: z.string().describe('The option that was chosen.'),
      reason: z.string().optional().describe('Why, in the words of who decided.'),
      by: z.string().describe('Who decided.'),
      identity: z
        .enum(['signed', 'gateway', 'claimed'])
        .describe(
          'How the decider is known: by their own signature, or that of a service that signed them in; `claimed` proves nothing.',
        ),
      kid: z.string().optional().describe('The key that signed.'),
      gateway: z.string().optional().describe('The service that speaks for who decided.'),
      votes: z
        .object({
          have: z.int().describe('How many have said so.'),
          need: z.int().describe('How many must.'),
        })
        .optional()
        .describe('Present where it takes more than one; as long as they are too few, the request waits.'),
      via: z.enum(['update', 'signal']).describe('How the decision came.'),
      decidedAt: Instant.describe('When it counted.'),
      digest: z
        .string()
        .optional()
        .describe('The digest of the action that was decided on; after an edit, of the new one.'),
      revision: z.int().min(2).optional().describe('For "edit": the revision that it made.'),
      to: z.string().optional().describe('For "redirect": to whom.'),
      answer: AnyJson.optional().describe('For "answer": what was answered.'),
      questions: z.array(z.string()).optional().describe('For "clarify" and "ask-back": what was asked.'),
    })
    .describe('What the run has recorded of a decision: the answer to the update `decide`.'),
);

export const RequestSummary = mirrorOf<RequestSummaryType>()(
  z
    .object({
      ...asked,
      tool: z.string().optional().describe('The tool that is called, when there is an action.'),
      voted: z.int().optional().describe('How many have said yes, where it takes more than one.'),
      argsPreview: z.string().optional().describe('Its arguments, cut to 500 characters.'),
      options: z.array(z.string()).describe('The ids of what may be decided.'),
      yes: z.array(z.string()).optional().describe('Which of them are a yes beside `approve`.'),
    })
    .meta({ id: 'RequestSummary', description: 'A waiting request as the memo of a run keeps it: bounded.' }),
);
