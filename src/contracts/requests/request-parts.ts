/** The shared parts of requests, their summaries and the views that people see. */
import { z } from 'zod';
import { AnyJson, Instant, type Wire } from '../data/wire-schema.js';
import { RequestOrigin } from './origin.js';

export const RequestOption = z.object({
  id: z.string().describe('The id that a decision names.'),
  label: z.string().describe('The label that a person sees.'),
  consequence: z.string().describe('The effect of the option.'),
  means: z
    .enum(['approve', 'reject'])
    .exactOptional()
    .describe('Its meaning; present for an option that a developer declared.'),
});
export type RequestOption = Wire<typeof RequestOption>;

/** Why a person is asked. */
export const RequestReason = z
  .enum([
    'asked-by-orchestration',
    'irreversible-effect',
    'compliance',
    'low-confidence',
    'unknown-outcome',
    'handoff',
    'clarification',
    'recovery-exhausted',
  ])
  .meta({ id: 'RequestReason', description: 'Why a person is asked.' });
export type RequestReason = Wire<typeof RequestReason>;

/** The person that a team has declared for the request. */
export const AskedOf = z.object({
  name: z.string().optional().describe("A person's name in the team; absent where only roles are known."),
  roles: z.array(z.string()).describe('Their roles, e.g. `finance`.'),
});
export type AskedOf = Wire<typeof AskedOf>;

/** The approvals that are required. Plain data: a policy's conditions are functions, and never travel. */
export const Requirement = z.object({
  policy: z.string().optional().describe("The policy that asks for it; absent where it is Baton's own rule."),
  roles: z.array(z.string()).describe('One of these; empty for anybody of the registry.'),
  quorum: z.int().min(1).describe('The number of distinct people who must approve.'),
  notRequester: z.boolean().describe('The requester of the run cannot approve.'),
});
export type Requirement = Wire<typeof Requirement>;

/** A claim: a person reviews the request. It expires automatically. */
export const Claim = z.object({
  by: z.string().describe('The person with the claim.'),
  until: Instant.describe('From then on it counts for nothing.'),
});
export type Claim = Wire<typeof Claim>;

/** The roles that a request escalates to, and when. */
export const PlannedEscalation = z.object({
  at: Instant.describe('When, if it is not decided by then.'),
  roles: z.array(z.string()).describe('Roles that can decide from then on, in addition.'),
});
export type PlannedEscalation = Wire<typeof PlannedEscalation>;

/** One round of questions before a decision, without its number. */
export const askedBack = {
  by: z.string().describe('The author of the questions.'),
  questions: z.array(z.string()).describe('The questions.'),
  askedAt: Instant.describe('When they asked.'),
  answers: z
    .array(z.string().nullable())
    .optional()
    .describe('In the order of the questions, null for what is not known; absent until there are some.'),
  answeredBy: z.string().optional().describe('Who answered.'),
  answeredAt: Instant.optional().describe('When there were answers, or it was known that there are none.'),
  problem: z.string().optional().describe('Why there are none; the request stays open.'),
};

/** One round of questions, and its outcome. */
export const AskedBack = z.object({
  round: z.int().min(1).describe('Which round.'),
  ...askedBack,
});
export type AskedBack = Wire<typeof AskedBack>;

/** A message to the run while it waited. */
export const SaidMeanwhile = z.object({
  text: z.string().describe('The message; a long text is cut.'),
  by: z.string().optional().describe('The author.'),
});
export type SaidMeanwhile = Wire<typeof SaidMeanwhile>;

/** The state of a run when it opened a request. */
export const StateWhenAsked = z.object({
  owner: z.string().describe('The agent in control.'),
  steps: z
    .object({ used: z.int().describe('So many.'), budget: z.int().describe('Of so many.') })
    .describe('The steps of the run.'),
  modelCalls: z.int().describe('Model calls so far.'),
  toolCalls: z.int().describe('Tool calls so far.'),
});
export type StateWhenAsked = Wire<typeof StateWhenAsked>;

/** A vote on a request that needs more people. */
export const Vote = z.object({
  by: z.string().describe('Who.'),
  option: z.string().describe('The option that they chose.'),
  answer: AnyJson.optional().describe('For "answer": those who give the same one agree.'),
  decidedAt: Instant.describe('When it counted.'),
  reason: z.string().optional().describe('Why, in their words.'),
});
export type Vote = Wire<typeof Vote>;

/** The fields that a request, its summary and a waiting request share. */
export const asked = {
  id: z
    .string()
    .describe('`<workflow id>/<hash>`: the part before the last slash is the workflow that decides.'),
  reason: RequestReason.describe('Why a person is asked.'),
  question: z.string().describe('The question, in a sentence.'),
  title: z
    .string()
    .optional()
    .describe("The call in the words of the tool's developer; display only, no digest covers it."),
  askedBy: z.string().describe('The asker: an agent, or the orchestration.'),
  askedOf: AskedOf.optional().describe('Which person is meant; absent when anybody is.'),
  path: z.string().describe('Where in the run, e.g. `parallel-1/2/writer-0`.'),
  digest: z
    .string()
    .optional()
    .describe(
      'SHA-256 over the canonical JSON of `{ request, run, tool, args, options?, said?, requester? }`, or of `{ request, run, question, details?, options?, said?, requester? }` where there is no action; `options` are those that are declared.',
    ),
  revision: z
    .int()
    .min(1)
    .describe('1 when it is asked; one more with each edit, and with each message to the run.'),
  signed: z.literal(true).optional().describe('Present where a decision counts only when it is signed.'),
  requester: z
    .string()
    .optional()
    .describe('The requester of the run, if proven to the worker; part of the digest.'),
  needs: Requirement.optional().describe('The eligible roles and the quorum; absent if anyone can decide.'),
  askedAt: Instant.describe('When the run began to wait.'),
  deadline: Instant.optional().describe('When waiting ends; nothing is done then.'),
  onExpiry: z
    .literal('reject')
    .optional()
    .describe('Present where the deadline counts as a rejection; without, it fails with `APPROVAL_EXPIRED`.'),
  escalates: z.array(PlannedEscalation).optional().describe('The escalations still to come.'),
  claim: Claim.optional().describe('The claim; others can still decide.'),
  reminded: z.int().min(1).optional().describe('The number of reminders sent.'),
  origin: RequestOrigin.optional().describe(
    'Where it comes from, as the run tells it; no signature covers it.',
  ),
};

const conversation = z
  .array(AskedBack)
  .optional()
  .describe('Questions asked before deciding, with answers, oldest first.');

const before = {
  attempted: z
    .array(z.string())
    .optional()
    .describe('Earlier steps on its path, a line each, the latest last.'),
  state: StateWhenAsked.optional().describe('Where the run stood when it asked.'),
};

/** How a request can be decided other than by approve and reject. Lists and the memo omit it. */
export const furtherWays = {
  votes: z
    .array(Vote)
    .optional()
    .describe('The approvals so far, if the quorum is above one; an edit discards them.'),
  conversation,
  said: z
    .array(SaidMeanwhile)
    .optional()
    .describe(
      'Unanswered messages to the run, oldest first: the first five and the newest; each makes a new revision.',
    ),
  ...before,
  argsSchema: AnyJson.optional().describe(
    'The JSON Schema that edited arguments must fit; present when `edit` is offered.',
  ),
  confidence: z
    .number()
    .optional()
    .describe('How sure it is that the action is right, from 0 to 1; absent where nobody has said.'),
  editedBy: z.string().optional().describe('The author of the last edit.'),
  redirectTo: z
    .array(z.string())
    .optional()
    .describe('The receivers that `redirect` can name; present if it is offered.'),
  answerSchema: AnyJson.optional().describe(
    'The JSON Schema that an answer must fit; present when `answer` is offered.',
  ),
};
