/**
 * The published schemas: the list of them, their validity, and that every command has one for its output. The tests
 * that print a command's output also check it against the schema (`test/fixtures/cli`).
 */
import { createRequire } from 'node:module';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { loadAllCommands } from '../../dist/src/cli/commands.js';
import { buildJsonSchema } from '../../src/schemas/json-schema.js';
import { documentProblems, misfits, publishedSchemas } from '../fixtures/published.js';
import { read } from './source.js';

const COMMANDS = await loadAllCommands();

/** By name: a file, a word of the command line, a part of an `$id`. */
const NAMES = [
  'approval-request',
  'approvers',
  'audit',
  'audit-export',
  'cancel',
  'chat',
  'child-agent-input',
  'completion',
  'decision',
  'decision-claims',
  'decision-ticket',
  'demo',
  'deployment',
  'doctor',
  'engine',
  'engine-stop',
  'envelope',
  'error',
  'fork',
  'graph-states',
  'handoff',
  'inbox',
  'inbox-link',
  'inbox-page',
  'init',
  'json-schema',
  'key',
  'keys',
  'list',
  'model-call',
  'notify-test',
  'prompts',
  'prune',
  'queued-decision',
  'requester-claims',
  'run-memo',
  'run-view',
  'said',
  'schemas',
  'serving',
  'show',
  'start',
  'talk-ticket',
  'talk-view',
  'timeline',
  'webhook-body',
];

/** Commands that print no document. */
const SILENT: readonly string[] = [];

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every schema inside a schema, with the way there. */
function* parts(node: unknown, path = ''): Generator<[string, Node]> {
  if (Array.isArray(node)) {
    for (const [index, item] of node.entries()) yield* parts(item, `${path}/${index}`);
  } else if (isNode(node)) {
    yield [path, node];
    for (const [key, value] of Object.entries(node)) yield* parts(value, `${path}/${key}`);
  }
}

function problemsOf(find: (node: Node) => readonly string[]): string[] {
  return [...publishedSchemas].flatMap(([name, schema]) =>
    [...parts(schema)].flatMap(([path, node]) => find(node).map((problem) => `${name}${path}: ${problem}`)),
  );
}

describe('published schemas', () => {
  test('schemas: there are these and no other, each under its versioned id', () => {
    expect([...publishedSchemas.keys()].toSorted()).toEqual(NAMES);
    for (const [name, schema] of publishedSchemas) {
      expect(schema).toMatchObject({
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        $id: `urn:batonhq:baton:schema:${name}:v1`,
        title: name,
        description: expect.stringMatching(/\.$/),
      });
    }
  });

  test('schemas: what is built is what the source says', () => {
    for (const [name, schema] of publishedSchemas)
      expect(JSON.parse(JSON.stringify(buildJsonSchema(name)))).toEqual(schema);
  });

  test('schemas: each is found by the name of the package', () => {
    const require = createRequire(import.meta.url);
    for (const [name, schema] of publishedSchemas)
      expect(require(`@batonhq/baton/schemas/${name}.json`)).toEqual(schema);
  });

  test('schemas: each is JSON Schema, draft 2020-12, to a strict validator', () => {
    const ajv = new Ajv2020({ strict: true, formats: { 'date-time': true } });
    for (const schema of publishedSchemas.values()) expect(() => ajv.compile(schema)).not.toThrow();
  });

  test('schemas: every property says what it means, itself or by what it refers to', () => {
    const speaks = (property: unknown): boolean =>
      isNode(property) && (typeof property['description'] === 'string' || '$ref' in property);
    const silent = problemsOf((node) => [
      ...Object.entries(node['properties'] ?? {}).flatMap(([name, property]) =>
        speaks(property) ? [] : [name],
      ),
      ...Object.entries(node['$defs'] ?? {}).flatMap(([name, part]) =>
        isNode(part) && typeof part['description'] === 'string' ? [] : [`$defs/${name}`],
      ),
    ]);
    expect(silent).toEqual([]);
  });

  test('schemas: unknown properties are refused in a decision and in the registry, and allowed in everything else', () => {
    const closed = problemsOf((node) => (node['additionalProperties'] === false ? ['is closed'] : []));
    // Where a typing error would be an approval, or would leave a key in force.
    const where = new Set(closed.map((place) => place.split(/[/:]/)[0] ?? ''));
    expect([...where].toSorted()).toEqual(['approvers', 'decision', 'decision-claims']);
  });

  test('schemas: each stands in docs/schemas.md, and no other does', () => {
    const listed = [...read('docs/schemas.md').matchAll(/^\| `(?<name>[\w-]+)` +\|/gm)];
    expect(listed.map(({ groups }) => groups?.['name'] ?? '').toSorted()).toEqual(NAMES);
  });
});

describe('documents of commands', () => {
  test('documents: every command has a published schema for what it prints with --json', () => {
    const without = COMMANDS.filter(
      ({ name, documents }) =>
        !SILENT.includes(name) &&
        (documents.length === 0 || documents.some((document) => !publishedSchemas.has(document))),
    );
    expect(COMMANDS.length).toBeGreaterThan(10);
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  test.each<[string, string[], unknown]>([
    ['a property is missing', ['cancel', 'r', '--json'], { workflowId: 'r' }],
    ['a property has another type', ['engine', 'stop', '--json'], { stopped: 'yes' }],
    ['it is the document of another command', ['list', '--json'], { stopped: true }],
    ['the command has no schema', ['unheard-of', '--json'], { runs: [] }],
    ['an error has an unknown code', ['list', '--json'], { error: { code: 'OOPS', message: '', facts: {} } }],
  ])('documents: one is refused when %s', (_, args, document) => {
    expect(documentProblems(args, JSON.stringify(document))).not.toEqual([]);
  });

  test('documents: one that is printed twice is none', () => {
    const document = JSON.stringify({ runs: [] });
    expect(documentProblems(['list', '--json'], document)).toEqual([]);
    expect(documentProblems(['list', '--json'], `${document}\n${document}`)).not.toEqual([]);
  });

  test('documents: one with a property that came later fits for readers, and not for these tests', () => {
    expect(misfits('list', { runs: [], cursor: 'later' }, 'published')).toEqual([]);
    expect(misfits('list', { runs: [], cursor: 'later' })).not.toEqual([]);
  });

  test('documents: a decision with an unknown property does not fit', () => {
    const decision = { request: 'run/0123456789abcdef01234567', option: 'approve' };
    expect(misfits('decision', decision)).toEqual([]);
    expect(misfits('decision', { ...decision, amount: 3 })).not.toEqual([]);
  });
});
