import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { envelope } from '../../../test/fixtures/envelope.js';
import { agent } from '../../contracts/definitions/agent.js';
import { contract, toContractId } from '../../contracts/definitions/contract.js';
import type { Envelope } from '../../contracts/handoff/envelope.js';
import { checkContract } from './check-contract.js';

const Case = z.object({ order: z.string() });
const sender = agent({ name: 'sender', goal: 'Send.' });
const receiver = agent({ name: 'receiver', goal: 'Receive.', input: Case });
const version = (number: number) =>
  contract({ name: 'handoff', version: number, from: sender, to: receiver, payload: Case });

const known = new Map([version(2)].map((each) => [toContractId(each), each]));
const sent = (further: Partial<Envelope>): Envelope =>
  envelope({
    to: 'receiver',
    contract: { name: 'handoff', version: 2 },
    required: [{ name: 'order', version: '00000000' }],
    input: { order: 'A-1' },
    ...further,
  });

describe('the receiver’s end of a contract', () => {
  test('H7 received: a task that fits the contract and the receiver’s input may begin', () => {
    expect(checkContract(receiver, known, sent({}))).toBeUndefined();
  });

  test('H7 received: another version is declined with the versions that the worker has', () => {
    expect(checkContract(receiver, known, sent({ contract: { name: 'handoff', version: 1 } }))).toEqual({
      code: 'CONTRACT_VERSION',
      reason: 'The task came by handoff@1; the worker of receiver has handoff@2.',
    });
    expect(checkContract(receiver, new Map(), sent({}))).toMatchObject({
      reason: expect.stringContaining('no contract of this name'),
    });
  });

  test('H7 received: a task that does not fit the receiver’s input is a violation, in words that the sender can use', () => {
    expect(checkContract(receiver, known, sent({ input: { order: 7 } }))).toMatchObject({
      code: 'CONTRACT_VIOLATED',
      reason: expect.stringMatching(/does not fit the input of the receiver, receiver\.\norder: /),
    });
    const direct = { to: 'receiver', input: 'a text' };
    expect(checkContract(receiver, known, envelope(direct))).toMatchObject({ code: 'CONTRACT_VIOLATED' });
  });
});
