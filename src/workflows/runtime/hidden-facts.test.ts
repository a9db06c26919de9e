import type { Envelope, SenderSummary } from '../../contracts/handoff/envelope.js';
import { expect, test } from 'vitest';
import { agent } from '../../contracts/definitions/agent.js';
import { contract } from '../../contracts/definitions/contract.js';
import { z } from 'zod';
import { HiddenFacts } from './hidden-facts.js';

const named = (needToKnow: string): SenderSummary => ({
  done: [],
  decisions: [],
  answered: [],
  open: [],
  needToKnow: [needToKnow],
});
const envelope = (id: string, more: Partial<Envelope>): Envelope => ({
  kind: 'task',
  v: 1,
  id,
  from: 'a',
  to: 'b',
  control: 'handoff',
  trigger: 'specialization',
  routing: { by: 'agent' },
  contract: { name: 'a-to-b', version: 1 },
  input: null,
  ...more,
});
const under = (carried?: 'none') =>
  contract({
    name: 'a-to-b',
    version: 1,
    from: agent({ name: 'a', goal: 'Send.' }),
    to: agent({ name: 'b', goal: 'Receive.' }),
    payload: z.object({}),
    ...(carried === undefined ? {} : { context: { carried } }),
  });
const knows = (...facts: string[]): SenderSummary => ({ ...named(''), needToKnow: facts });

test('withheld: the next receiver sees the facts that were withheld from one receiver', () => {
  const withheld = new HiddenFacts();
  const first = envelope('1', { carried: named('old'), summary: named('new') });
  expect(withheld.from(first, '2', under('none'))).toEqual({ withheld: 2 });
  const second = envelope('2', { summary: named('its own') });
  expect(withheld.from(second, '3', under())).toEqual({ carried: knows('old', 'new', 'its own') });
});

test('withheld: facts stay available past several receivers that do not see them', () => {
  const withheld = new HiddenFacts();
  withheld.from(envelope('1', { carried: named('old') }), '2', under('none'));
  expect(withheld.from(envelope('2', { summary: named('a') }), '3', under('none'))).toEqual({ withheld: 2 });
  expect(withheld.from(envelope('3', {}), '4', under())).toEqual({ carried: knows('old', 'a') });
});

test('withheld: a substitute sees no more than the receiver did, and the next receiver loses nothing', () => {
  const withheld = new HiddenFacts();
  withheld.from(envelope('1', { carried: named('old') }), '2', under('none'));
  const moved = withheld.from(envelope('2', { summary: named('a') }), '3', undefined);
  expect(moved).toEqual({ carried: knows('a'), withheld: 1 });
  const third = envelope('3', { carried: knows('a'), summary: named('a') });
  expect(withheld.from(third, '4', under())).toEqual({ carried: knows('old', 'a') });
});

test('withheld: where nothing was said nothing is carried', () => {
  expect(new HiddenFacts().from(undefined, '1', under('none'))).toEqual({});
  expect(new HiddenFacts().from(envelope('1', {}), '2', under('none'))).toEqual({});
});
