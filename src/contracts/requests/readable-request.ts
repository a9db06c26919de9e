/**
 * The bounds of a request's summary and of its origin. A child workflow, or anyone, can write one. If the server
 * rejected such a memo or search attribute, the run's workflow task would fail forever.
 */
import { z } from 'zod';
import type { RequestSummary } from './approval.js';
import type { RequestOrigin } from './origin.js';

const text = z.string().max(2_000);
const name = z.string().max(300);
const names = z.array(name).max(50);
const date = z.string().refine((value) => !Number.isNaN(Date.parse(value)));
const source = z.object({ by: text, tool: text, times: z.number(), sources: z.array(text).max(50) });

const Origin = z.object({
  task: z.object({ text, by: text.optional() }).optional(),
  handoffs: z.array(z.object({ from: text, to: text, goal: text })).max(50),
  read: z.array(source.extend({ gave: text.optional(), untrusted: z.literal(true).optional() })).max(50),
  earlier: z.number().optional(),
});

const Requirement = z.object({
  policy: name.optional(),
  roles: names,
  quorum: z.number(),
  notRequester: z.boolean(),
});

const required = z.object({
  id: text,
  question: text,
  path: text,
  reason: name,
  askedBy: name,
  askedAt: name,
  revision: z.number(),
  options: names,
});

const optional = z.object({
  tool: text,
  argsPreview: text,
  title: text,
  amount: name,
  digest: text,
  requester: text,
  deadline: date,
  askedOf: z.object({ name: name.optional(), roles: names }),
  signed: z.literal(true),
  voted: z.number(),
  news: z.number(),
  needs: Requirement,
  onExpiry: z.literal('reject'),
  escalates: z.array(z.object({ at: date, roles: names })).max(50),
  claim: z.object({ by: name, until: date }),
  yes: names,
  origin: Origin,
  reminded: z.number(),
});

const Summary = required.extend(optional.partial().shape);

/** Whether lists and the memo can show a summary from another workflow. */
export function isRequestSummary(value: unknown): value is RequestSummary {
  return Summary.safeParse(value).success;
}

/** Whether pages can show an origin from another workflow. */
export function isRequestOrigin(value: unknown): value is RequestOrigin {
  return Origin.safeParse(value).success;
}
