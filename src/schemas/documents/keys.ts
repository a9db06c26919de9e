/** The documents of `baton keys`. None holds anything secret. */
import { z } from 'zod';
import { Approver, ApproverKey, Gateway } from '../../contracts/proof/approver.js';

export const KeyDocument = z
  .object({
    subject: z.string().describe('Whose key it is.'),
    kid: ApproverKey.shape.kid,
    x: ApproverKey.shape.x,
    file: z.string().describe('Where the private key is, readable by its owner only.'),
  })
  .describe('`baton keys new`: the public part of the key that was made, and where it is.');

const keys = z
  .array(
    z.object({
      ...ApproverKey.shape,
      state: z
        .enum(['counts', 'not-yet', 'over', 'revoked'])
        .describe('Whether what it signs now counts, by its own times.'),
    }),
  )
  .describe('By which keys.');

export const KeysDocument = z
  .object({
    registry: z.string().describe('The file.'),
    approvers: z.array(z.object({ ...Approver.shape, keys })).describe('Who may decide.'),
    gateways: z.array(z.object({ ...Gateway.shape, keys })).describe('Who speaks for them.'),
  })
  .describe('`baton keys list`, `add` and `revoke`: the registry as it is then.');
