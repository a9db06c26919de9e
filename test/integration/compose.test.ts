/** docker-compose.yml against the Compose Specification's own schema, and against what it promises. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SEARCH_ATTRIBUTES } from '../../src/contracts/wire/wire.js';

const TEXT = readFileSync(new URL('../../docker-compose.yml', import.meta.url), 'utf8');
const SCHEMA = new URL('../fixtures/compose-spec.schema.json', import.meta.url);

const Compose = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      restart: z.string(),
      command: z.array(z.string()).optional(),
      environment: z.record(z.string(), z.string()).optional(),
      ports: z.array(z.string()).optional(),
      healthcheck: z.object({ test: z.array(z.string()) }).optional(),
      volumes: z.array(z.string()).default([]),
      networks: z.array(z.string()).default([]),
      secrets: z.array(z.string()).default([]),
      cap_drop: z.array(z.string()).default([]),
    }),
  ),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
});
/** As an engine of containers reads it: what stands under `x-` is laid beneath. */
const composed = (): unknown => parse(TEXT, { merge: true });
const { services, networks, secrets } = Compose.parse(composed());

const MANIFEST = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')));

function schemaValidator(): ValidateFunction {
  const { $schema, ...schema } = z
    .looseObject({ $schema: z.string() })
    .parse(JSON.parse(readFileSync(SCHEMA, 'utf8')));
  // Ajv speaks draft-07 unasked, and knows it under its http address only.
  expect($schema).toBe('https://json-schema.org/draft-07/schema');
  return new Ajv({ strict: false, allErrors: true }).compile(schema);
}

test('compose file: fits the schema of the Compose Specification', () => {
  const validate = schemaValidator();
  validate(composed());
  expect(validate.errors).toBeNull();
});

test('compose file: would be refused with a key that the specification lacks', () => {
  const validate = schemaValidator();
  expect(validate(parse(TEXT.replace('healthcheck:', 'health_check:'), { merge: true }))).toBe(false);
});

test('compose file: names a release of every image', () => {
  for (const { image } of Object.values(services))
    expect(image).toMatch(/^[a-z]+(\/[a-z-]+)?:\d+\.\d+(\.\d+)?$/);
  expect(services['worker']?.image).toBe(`baton:${MANIFEST.version}`);
  expect(services['temporal']?.image).toMatch(/:1\.29\.\d+$/);
  expect(services['temporal-ui']?.image).toMatch(/:2\.42\.\d+$/);
});

test('compose file: publishes ports on the loopback interface only', () => {
  const ports = Object.values(services).flatMap((service) => service.ports ?? []);
  expect(ports).toEqual(['127.0.0.1:7233:7233', '127.0.0.1:8233:8080', '127.0.0.1:4466:4466']);
});

test('compose file: contains no secret, and names a missing one', () => {
  const given = Object.values(services)
    .flatMap((service) => Object.entries(service.environment ?? {}))
    .filter(([name]) => /PASSWORD|PWD|LEDGER_KEY/.test(name));
  expect(given).toHaveLength(3);
  const files = Object.values(secrets).map(({ file }) => file);
  for (const value of [...given.map(([, each]) => each), ...files])
    expect(value).toMatch(/^\$\{[A-Z_]+:\?.+\}$/);
});

test('compose file: checks the health of everything that stays up', () => {
  const unchecked = Object.entries(services).filter(([, service]) => !service.healthcheck);
  expect(unchecked.map(([name, { restart }]) => [name, restart])).toEqual([
    ['search-attributes', 'on-failure'],
  ]);
});

test('compose file: registers exactly the search attributes that Baton writes', () => {
  const pairs = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, type]) => [
    `--name=${name}`,
    `--type=${type}`,
  ]);
  expect(services['search-attributes']?.command?.slice(5)).toEqual(pairs);
});

/** The services that receive an entry of this kind, by name. */
function holders(has: (service: (typeof services)[string]) => boolean): string[] {
  return Object.keys(services).filter((name) => {
    const service = services[name];
    return service !== undefined && has(service);
  });
}

test('T4 compose file: only the service that needs it receives the ledger, its key, or a decision’s key', () => {
  expect(holders(({ environment = {} }) => 'LEDGER_KEY' in environment)).toEqual(['worker-payments']);
  expect(holders(({ environment = {} }) => 'BATON_LEDGER' in environment)).toEqual(['worker-payments']);
  expect(holders(({ volumes }) => volumes.some((each) => each.startsWith('ledger-data:')))).toEqual([
    'worker-payments',
  ]);
  expect(holders((service) => service.secrets.length > 0)).toEqual(['inbox']);
  expect(holders(({ environment = {} }) => 'OPENAI_API_KEY' in environment)).toEqual(['worker']);
});

test('T4 compose file: nobody but the server reaches its database, and who pays is on no network that leads outside', () => {
  expect(holders((service) => service.networks.includes('database'))).toEqual(['postgresql', 'temporal']);
  expect(services['worker-payments']?.networks).toEqual(['temporal']);
  expect(networks['database']).toEqual({ internal: true });
  expect(networks['temporal']).toEqual({ internal: true });
});

test('T4 compose file: the workers are divided by permission, both want signed decisions, and none has a capability', () => {
  expect(services['worker']?.command?.slice(2)).toEqual(['--without-permissions']);
  expect(services['worker-payments']?.command?.slice(2)).toEqual(['--permission', 'payments']);
  expect(holders(({ environment = {} }) => 'BATON_APPROVERS' in environment)).toEqual([
    'worker',
    'worker-payments',
  ]);
  expect(holders((service) => service.cap_drop.includes('ALL'))).toEqual([
    'worker',
    'worker-payments',
    'inbox',
  ]);
});

test('topology: .env.example names every variable that the compose file asks for, and gives none a value', () => {
  const example = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
  const lines = example.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const asked = new Set([...TEXT.matchAll(/\$\{([A-Z_]+)/g)].map(([, name]) => `${name}=`));
  expect(new Set(lines)).toEqual(asked);
});
