/** The events of a request in a run's timeline. */
import { DecisionTicket } from '../requests/decision-ticket.js';
import { z } from 'zod';
import { Instant, type Wire, Share } from '../data/wire-schema.js';
import { askedBack } from '../requests/request-parts.js';

/** Defines a timeline event with the fields that all events share. */
export function defineEvent<Kind extends string, Shape extends z.ZodRawShape>(
  kind: Kind,
  about: string,
  shape: Shape,
) {
  return z
    .object({
      kind: z.literal(kind).describe(about),
      at: Instant.describe("When, by the workflow's clock."),
      path: z
        .string()
        .describe('Where in the run, e.g. `parallel-1/0/researcher-0`; empty for the run itself.'),
      ...shape,
    })
    .describe(about);
}

/** The confidence of a participant. */
export const sure = Share.optional().describe(
  'How sure it is that the call is right, where a policy looks at it.',
);

export const requestEvents = [
  defineEvent('asked', 'A person is asked, and the run waits there.', {
    request: z.string().describe('The id of the request.'),
    question: z.string().describe('The question.'),
    askedBy: z.string().describe('Who asks.'),
    confidence: sure,
    deadline: Instant.optional().describe('When waiting ends.'),
  }),
  defineEvent('voted', 'A person has said yes, and it takes more than one.', DecisionTicket.shape),
  defineEvent('decided', 'A person has decided.', DecisionTicket.shape),
  defineEvent('edited', 'A person changed the action of a request, which still waits.', {
    request: z.string().describe('The id of the request.'),
    revision: z.int().min(2).describe('The revision that it made.'),
    digest: z.string().optional().describe('The digest of the action as it is now.'),
    by: z.string().describe('The author of the change.'),
    via: z.enum(['update', 'signal']).describe('How the edit came.'),
    reason: z.string().optional().describe('Why, in the words of who changed it.'),
  }),
  defineEvent('expired', 'Nobody decided in time; nothing was done.', {
    request: z.string().describe('The id of the request.'),
  }),
  defineEvent(
    'asked-back',
    'Somebody asks before deciding; told again when there is an answer, or none to be had.',
    {
      request: z.string().describe('The id of the request.'),
      round: z.int().min(1).describe('Which round.'),
      ...askedBack,
    },
  ),
  defineEvent(
    'claimed',
    'A person claims or releases the request; others can still decide.',
    DecisionTicket.shape,
  ),
  defineEvent('reminded', 'The approvers are reminded.', {
    request: z.string().describe('The id of the request.'),
  }),
  defineEvent('escalated', 'Nobody has decided, and more people may from now on.', {
    request: z.string().describe('The id of the request.'),
    roles: z.array(z.string()).describe('The roles that can now decide in addition.'),
  }),
] as const;

/** Without the time, and the path in the run. */
export type RequestEvent = WithoutPlace<Wire<(typeof requestEvents)[number]>>;
type WithoutPlace<T> = T extends unknown ? Omit<T, 'at' | 'path'> : never;
