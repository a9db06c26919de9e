/** `baton schema`: prints the published JSON Schemas, of messages and of command output. */
import { SCHEMAS } from '../../schemas/catalog.js';
import { buildJsonSchema, buildJsonSchemas } from '../../schemas/json-schema.js';
import { defineCommand, NO_OPTIONS } from '../session/command.js';
import { formatTable } from '../terminal/table.js';

export const schemaCommand = defineCommand({
  name: 'schema',
  documents: ['schemas', 'json-schema'],
  args: [{ name: '[name]', about: 'of which shape (default: list them)', values: Object.keys(SCHEMAS) }],
  summary: 'print the JSON Schema of a message or of a --json document',
  options: NO_OPTIONS,
  examples: ['baton schema', 'baton schema decision', 'baton schema list > list.schema.json'],
  run: async ({ screen }, [name]) => {
    if (name !== undefined) {
      const schema = buildJsonSchema(name);
      screen.print(JSON.stringify(schema, null, 2));
      screen.document('json-schema', schema);
      return;
    }
    const schemas = Object.entries(buildJsonSchemas()).map(([each, { $id, description }]) => ({
      name: each,
      id: $id,
      about: description,
    }));
    screen.print(
      ...formatTable(
        [{ title: 'SCHEMA' }, { title: 'OF', flexible: true }],
        schemas.map((schema) => [schema.name, schema.about]),
        screen.tableStyle,
      ),
    );
    screen.document('schemas', { schemas });
  },
});
