/** docker-compose.yml against the Compose Specification's own schema, and against what it promises. */
import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { SEARCH_ATTRIBUTES } from '../../src/contracts/search-attributes.js';

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
    }),
  ),
});
const { services } = Compose.parse(parse(TEXT));

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
  validate(parse(TEXT));
  expect(validate.errors).toBeNull();
});

test('compose file: would be refused with a key that the specification lacks', () => {
  const validate = schemaValidator();
  expect(validate(parse(TEXT.replace('healthcheck:', 'health_check:')))).toBe(false);
});

test('compose file: names a release of every image', () => {
  for (const { image } of Object.values(services))
    expect(image).toMatch(/^[a-z]+(\/[a-z-]+)?:\d+\.\d+(\.\d+)?$/);
  expect(services['temporal']?.image).toMatch(/:1\.29\.\d+$/);
  expect(services['temporal-ui']?.image).toMatch(/:2\.42\.\d+$/);
});

test('compose file: publishes ports on the loopback interface only', () => {
  const ports = Object.values(services).flatMap((service) => service.ports ?? []);
  expect(ports).toEqual(['127.0.0.1:7233:7233', '127.0.0.1:8233:8080']);
});

test('compose file: has no password of its own and says which one is missing', () => {
  const secrets = Object.values(services)
    .flatMap((service) => Object.entries(service.environment ?? {}))
    .filter(([name]) => /PASSWORD|PWD/.test(name));
  expect(secrets).toHaveLength(2);
  for (const [, value] of secrets) expect(value).toMatch(/^\$\{[A-Z_]+:\?.+\}$/);
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
