import { expect, test } from 'vitest';
import { z } from 'zod';
import { agent } from './agent.js';
import { contract } from './contract.js';

test('contract: an optional part of the payload is not a required item, however the schema says so', () => {
  const text = z.string();
  const payload = z.object({
    plain: text,
    orNull: text.nullable(),
    list: z.array(text.nullable()),
    nothing: z.null(),
    anything: z.json(),
    may: text.optional(),
    mayOrNull: text.nullish(),
    nullOrMay: text.optional().nullable(),
    mayReadonly: text.optional().readonly(),
    mayLater: z.lazy(() => text.optional()),
  });
  const { required } = contract({
    name: 'a-to-b',
    version: 1,
    from: agent({ name: 'a', goal: 'Send.' }),
    to: agent({ name: 'b', goal: 'Receive.' }),
    payload,
  });
  expect(required).toEqual(['plain', 'orNull', 'list', 'nothing', 'anything']);
});
