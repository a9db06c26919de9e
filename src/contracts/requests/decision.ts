/** A person's decision on a request, as it arrives over the wire. */
import { z } from 'zod';
import type { Carried, Carrying } from './decision-options.js';

/**
 * A decision as it arrives over the wire. Unknown properties are rejected, so that a typo never becomes an approval.
 */
export const Decision = z.strictObject({
  request: z.string().min(1).describe('The id of the request.'),
  option: z.string().min(1).describe('The id of one of its options, e.g. "approve" or "reject".'),
  reason: z
    .string()
    .max(4000)
    .optional()
    .describe(
      'The reason; required to reject, to decline and to abort. For "retry": advice for the next attempt.',
    ),
  by: z.string().max(200).optional().describe('The approver. A claim, unless decisions are signed.'),
  digest: z
    .string()
    .optional()
    .describe(
      'The digest of the action as it was shown: refused when it has changed. Required after an edit.',
    ),
  revision: z
    .int()
    .min(1)
    .optional()
    .describe('The revision of the request as it was shown. Required where decisions are signed.'),
  args: z.unknown().optional().describe('For "edit": all new arguments.'),
  to: z.string().min(1).optional().describe('For "redirect": who is to take over.'),
  answer: z.unknown().optional().describe('For "answer": what fits the schema of the question.'),
  questions: z
    .array(z.string().min(1).max(2000))
    .min(1)
    .max(10)
    .optional()
    .describe(
      'For "clarify": questions before accepting the task. For "ask-back": questions before deciding.',
    ),
});
/** The fields of all options together. */
export type DecisionParts = z.infer<typeof Decision>;
type Only<What extends Carried> = Required<Pick<DecisionParts, What>> & {
  readonly [Other in Exclude<Carried, What>]?: never;
};
/** A decision by its option: only the fields that this option carries. A custom option carries none. */
export type Decision = Omit<DecisionParts, Carried | 'option'> &
  (
    | { [What in Carried]: { readonly option: Carrying<What> } & Only<What> }[Carried]
    | ({ readonly option: string } & Only<never>)
  );
/** A decision before some of its fields are known. */
export type Without<Part extends keyof DecisionParts> = Leaving<Decision, Part>;
type Leaving<Each, Part extends PropertyKey> = Each extends unknown ? Omit<Each, Part> : never;
