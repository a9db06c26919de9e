/** The documents of `baton schema`. */
import { z } from 'zod';

export const SchemasDocument = z
  .object({
    schemas: z
      .array(
        z.object({
          name: z.string().describe('What `baton schema` takes.'),
          id: z.string().describe('Its `$id`.'),
          about: z.string().describe('What it describes.'),
        }),
      )
      .describe('Every published schema.'),
  })
  .describe('`baton schema`: the published schemas.');

export const JsonSchemaDocument = z
  .looseObject({
    $schema: z.literal('https://json-schema.org/draft/2020-12/schema').describe('The dialect.'),
    $id: z.string().describe('The name of the schema; an address of nothing.'),
    description: z.string().describe('What it describes.'),
  })
  .describe('`baton schema NAME`: a published schema, itself.');
