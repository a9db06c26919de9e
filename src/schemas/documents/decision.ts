/** The document of a decision that is left with the server; a decision that counts prints its ticket. */
import {
  CARRIED,
  DECISION_OPTIONS,
  getOptionRow,
  needsReason,
  type Carried,
} from '../../contracts/requests/decision-options.js';
import { Decision } from '../../contracts/requests/decision.js';
import { z } from 'zod';

export const QueuedDecisionDocument = z
  .object({
    queued: z.literal(true).describe('It counts when a worker takes the run up.'),
    ...Decision.shape,
  })
  .describe('`baton approve --queue` and the like: a decision that waits for a worker.');

/** A decision by its option. The table of options says which fields each carries and which needs a reason. */
export function buildDecisionSchema(): z.ZodType {
  const { option, args, to, answer, questions, ...common } = Decision.shape;
  const carried = { args, to, answer, questions };
  const ids = Object.keys(DECISION_OPTIONS);
  const shapes = [...CARRIED, undefined].flatMap((what) =>
    [true, false].flatMap((why) => {
      const those = ids.filter((id) => getOptionRow(id).carries === what && needsReason(id) === why);
      return those.length === 0 ? [] : [shapeOf(those, what, why)];
    }),
  );
  const declared = option.meta({
    not: { enum: ids },
    description: 'An option that a developer has declared.',
  });
  return z.union([...shapes, z.strictObject({ ...common, option: declared })]);

  function shapeOf(those: readonly string[], what: Carried | undefined, why: boolean): z.ZodType {
    return z.strictObject({
      ...common,
      option: z.enum(those).describe(option.description ?? ''),
      ...(what === undefined
        ? {}
        : { [what]: carried[what].unwrap().describe(carried[what].description ?? '') }),
      ...(why
        ? {
            reason: common.reason
              .unwrap()
              .min(1)
              .describe(common.reason.description ?? ''),
          }
        : {}),
    });
  }
}
