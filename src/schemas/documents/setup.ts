/** The documents of commands for a project instead of a run: init, keys, notify, completion and schema. */
import { Approver, ApproverKey, Gateway } from '../../contracts/proof/approver.js';
import { z } from 'zod';

export const SchemasDocument = z
  .object({
    schemas: z
      .array(
        z.object({
          name: z.string().describe('The name that `baton schema` takes.'),
          id: z.string().describe('Its `$id`.'),
          about: z.string().describe('The subject of the schema.'),
        }),
      )
      .describe('Every published schema.'),
  })
  .describe('`baton schema`: the published schemas.');

export const JsonSchemaDocument = z
  .looseObject({
    $schema: z.literal('https://json-schema.org/draft/2020-12/schema').describe('The dialect.'),
    $id: z.string().describe('The name of the schema; an address of nothing.'),
    description: z.string().describe('The subject of the schema.'),
  })
  .describe('`baton schema NAME`: a published schema, itself.');

export const CompletionDocument = z
  .object({
    shell: z.enum(['bash', 'zsh', 'fish']).describe('For which shell.'),
    script: z.string().describe('The script for that shell.'),
  })
  .describe('`baton completion`: a script by which a shell completes what is typed.');

export const InitDocument = z
  .object({
    name: z.string().describe("The project's name."),
    folder: z.string().describe('Where it is; absolute.'),
    files: z.array(z.string()).describe('The files written, relative to the folder.'),
  })
  .describe('`baton init`: the project that was made.');

export const KeyDocument = z
  .object({
    subject: z.string().describe('The owner of the key.'),
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
    approvers: z.array(z.object({ ...Approver.shape, keys })).describe('The approvers.'),
    gateways: z.array(z.object({ ...Gateway.shape, keys })).describe('The gateways.'),
  })
  .describe('`baton keys list`, `add` and `revoke`: the registry as it is then.');

export const NotifyTestDocument = z
  .object({
    ok: z.boolean().describe('Whether every notice was taken.'),
    inboxUrl: z.string().optional().describe('Where notices link to; absent where nothing is configured.'),
    notifiers: z
      .array(
        z.object({
          name: z.string().describe('Its name in the configuration.'),
          outcome: z
            .enum(['taken', 'nobody', 'refused', 'failed'])
            .describe(
              '`nobody`: it knows no one to tell; `failed` is what a run tries again, `refused` is not.',
            ),
          detail: z.string().describe('The answer of the receiving server, or the reason for a failure.'),
        }),
      )
      .describe('One for each of `notify`, in its order.'),
  })
  .describe('`baton notify test`: what each of the configured ways answered.');
