/** The next move of each algorithm, given its input and the results of its tools. */
import { describe, expect, test } from 'vitest';
import type { Json } from '@batonhq/baton';
import type { Request } from './conversation.js';
import { deskAlgorithms } from './index.js';
import { WHICH_LIGHT } from './light.js';

interface Said {
  readonly tool: string;
  readonly gives?: Json;
  readonly fails?: string;
}

/** A request as the runtime builds it, with tool results in order. */
function asked(input: Json, said: readonly Said[] = [], task = ''): Request {
  return {
    agent: 'any',
    system: '',
    tools: [],
    input,
    messages: [
      { role: 'user', source: 'task', content: task, data: input },
      ...said.map(({ tool, gives, fails }) => ({
        role: 'tool' as const,
        callId: 'call',
        name: tool,
        ok: fails === undefined,
        content: fails ?? (typeof gives === 'string' ? gives : JSON.stringify(gives)),
      })),
    ],
  };
}

function move(agent: string, request: Request): { name?: string; args?: Json; [key: string]: unknown } {
  const made = deskAlgorithms[agent]?.(request);
  if (made === undefined) throw new Error(`No algorithm for ${agent}.`);
  return 'toolCalls' in made ? { ...made, ...made.toolCalls[0] } : { ...made };
}

const customer = { id: 'C-1', name: 'Mara', email: 'mara@example.org', region: 'north' };
const classified = (topic: string, wishes: string[] = [], alsoAbout: string[] = []) => ({
  topic,
  alsoAbout,
  wishes,
  urgency: 'normal',
  confidence: 1,
  why: '"x"',
});
const device = { serial: 'H2-1', order: 'O-1', model: 'Halo 2', warranty: 'valid', state: 'silent' };
const light = { colour: 'red', blinks: 3 };

describe('triage', () => {
  const ticket = {
    from: 'mara@example.org',
    message: 'The light blinks red three times. I pulled the plug already.',
  };

  test('triage: facts that the customer has already given are among the answered questions', () => {
    const handed = move('triage', asked(ticket, [{ tool: 'look_up_customer', gives: { customer } }]));
    expect(handed).toMatchObject({
      name: 'transfer_to_technical',
      args: {
        payload: { customer, message: ticket.message, classification: { topic: 'technical' } },
        summary: {
          answered: [
            { question: WHICH_LIGHT, answer: 'red, blinks 3 times' },
            { question: 'What have you tried?', answer: 'I pulled the plug already' },
          ],
        },
      },
    });
  });

  test('triage: a stranger gets a ticket, and no data about any customer', () => {
    const nobody = { tool: 'look_up_customer', gives: { customer: null } };
    expect(move('triage', asked(ticket, [nobody]))).toMatchObject({
      name: 'open_ticket',
      args: { customer: null, department: 'support' },
    });
    expect(
      move('triage', asked(ticket, [nobody, { tool: 'open_ticket', gives: { ticket: 'T-1' } }])),
    ).toMatchObject({
      output: { tickets: ['T-1'], refund: null },
    });
  });
});

describe('technical', () => {
  const found = { tool: 'look_up_devices', gives: { devices: [device] } };
  const status = (...incidents: Json[]) => ({ tool: 'service_status', gives: { incidents } });
  const manual = (remedy: string) => ({ tool: 'explain_light', gives: { entry: { meaning: 'm', remedy } } });
  const given = (message: string, classification = classified('technical', ['refund'])) => ({
    customer,
    classification,
    message,
  });
  const blinks = 'The light blinks red three times.';

  test('technical: asks for the light only when nobody has named it', () => {
    const dead = given('The router is dead.');
    expect(move('technical', asked(dead))).toEqual({ clarify: [WHICH_LIGHT] });
    const told = asked(
      dead,
      [],
      `You take over from billing.\n\nAnswered (do not ask again):\n- "${WHICH_LIGHT}": "red, blinks 3 times", as the sender tells`,
    );
    expect(move('technical', told)).toMatchObject({ name: 'look_up_devices' });
    const answered = asked(dead, [{ tool: 'clarify_handoff', gives: 'red, three times' }]);
    expect(move('technical', answered)).toMatchObject({ name: 'look_up_devices' });
  });

  test('technical: an incident explains that there is no internet, and a red light it does not', () => {
    const incident = { id: 'N-1', service: 'internet', title: 'A cut', since: 's', advice: 'Wait.' };
    const out = given('No internet.');
    expect(move('technical', asked(out, [found, status(incident)]))).toMatchObject({
      name: 'open_ticket',
      args: { department: 'support', subject: 'Tell when N-1 is over' },
    });
    const both = given(`No internet. ${blinks}`);
    expect(move('technical', asked(both, [found, status(incident)]))).toMatchObject({
      name: 'explain_light',
    });
  });

  test('technical: a defective device goes to billing for a refund, to logistics otherwise', () => {
    const seen = [found, status(), manual('replace')];
    expect(move('technical', asked(given(blinks), seen))).toMatchObject({
      name: 'transfer_to_billing',
      args: {
        payload: { diagnosis: { serial: 'H2-1', order: 'O-1', defective: true, light, meaning: 'm' } },
      },
    });
    expect(move('technical', asked(given(blinks, classified('technical')), seen))).toMatchObject({
      name: 'open_ticket',
      args: { department: 'logistics' },
    });
  });

  test('technical: resets a device when the manual says so, and one that stays silent is defective', () => {
    const seen = [found, status(), manual('reset')];
    expect(move('technical', asked(given(blinks), seen))).toMatchObject({ name: 'reset_device' });
    const reset = (state: string) => ({ tool: 'reset_device', gives: { serial: 'H2-1', state } });
    expect(move('technical', asked(given(blinks), [...seen, reset('working')]))).toMatchObject({
      output: { done: [{ what: 'H2-1 is not defective' }, { what: 'H2-1 was reset' }] },
    });
    expect(move('technical', asked(given(blinks), [...seen, reset('silent')]))).toMatchObject({
      args: { payload: { diagnosis: { defective: true } } },
    });
  });

  test('technical: a case from billing goes back to billing with any diagnosis', () => {
    const forBilling = given(blinks, classified('billing', ['refund'], ['technical']));
    expect(move('technical', asked(forBilling, [found, status(), manual('wait')]))).toMatchObject({
      name: 'transfer_to_billing',
      args: { payload: { diagnosis: { defective: false } } },
    });
  });
});

describe('billing', () => {
  const invoice = {
    number: 'I-1',
    order: 'O-1',
    subscription: null,
    text: 'Halo 2',
    cents: 18_900,
    paidCents: 18_900,
    payments: 1,
    refundedCents: 0,
    currency: 'EUR',
    issuedOn: '2026-01-01',
  };
  const books = (change: object = {}) => ({
    tool: 'look_up_invoices',
    gives: { invoices: [{ ...invoice, ...change }] },
  });
  const diagnosis = {
    serial: 'H2-1',
    model: 'Halo 2',
    order: 'O-1',
    warranty: 'valid',
    defective: true,
    light,
    meaning: 'the radio module has failed',
  };
  const given = (more: object = {}) => ({
    customer,
    classification: classified('billing', ['refund'], ['technical']),
    message: 'm',
    ...more,
  });

  test('billing: a double payment goes to the cashier once', () => {
    const twice = books({ paidCents: 37_800, payments: 2 });
    expect(move('billing', asked(given(), [twice]))).toMatchObject({
      name: 'transfer_to_cashier',
      args: {
        payload: { invoice: 'I-1', cents: 18_900, reason: 'Invoice I-1 over 189.00 EUR was paid 2 times' },
      },
    });
    const settled = books({ paidCents: 37_800, payments: 2, refundedCents: 18_900 });
    expect(move('billing', asked(given({ classification: classified('billing') }), [settled]))).toMatchObject(
      {
        output: { refund: null },
      },
    );
  });

  test('billing: an unchecked device goes to technical, a checked one does not', () => {
    expect(move('billing', asked(given(), [books()]))).toMatchObject({ name: 'transfer_to_technical' });
    expect(move('billing', asked(given({ diagnosis }), [books()]))).toMatchObject({
      name: 'transfer_to_cashier',
      args: {
        payload: {
          cents: 18_900,
          order: 'O-1',
          serial: 'H2-1',
          reason:
            'The Halo 2 H2-1 of order O-1 is defective under warranty: its light (red, blinks 3 times) says that the radio module has failed',
        },
      },
    });
  });

  test.each([
    ['it is not defective', { diagnosis: { ...diagnosis, defective: false } }, {}, 'H2-1 is not defective'],
    [
      'its warranty is over',
      { diagnosis: { ...diagnosis, warranty: 'expired' } },
      {},
      'the warranty of H2-1 is over',
    ],
    ['it was paid back', { diagnosis }, { refundedCents: 18_900 }, 'invoice I-1 was paid back already'],
    ['nobody paid for it', { diagnosis }, { order: null }, 'there is no invoice for order O-1'],
  ])('billing: nothing is owed for a device when %s', (_when, more, change, why) => {
    expect(move('billing', asked(given(more), [books(change)]))).toMatchObject({
      output: { refund: null, done: [{ what: 'nothing is paid back', why }] },
    });
  });

  test('billing: a wish about a subscription is not lost when nothing is owed', () => {
    const wishing = given({ classification: classified('billing', ['end-subscription']) });
    expect(move('billing', asked(wishing, [books()]))).toMatchObject({
      name: 'transfer_to_account',
      args: { payload: { refused: 'Nothing is owed: each invoice was paid once.' } },
    });
  });
});

describe('cashier', () => {
  const given = {
    customer: { id: 'C-1', name: 'Mara' },
    classification: { wishes: [] },
    invoice: 'I-1',
    cents: 500,
    currency: 'EUR',
    reason: 'It was paid twice',
  };

  test('cashier: pays the amount from the handoff, and does not retry a rejected refund', () => {
    expect(move('cashier', asked(given))).toMatchObject({
      name: 'issue_refund',
      args: { invoice: 'I-1', cents: 500, currency: 'EUR', reason: 'It was paid twice' },
    });
    const refused = { tool: 'issue_refund', fails: 'Not done: ada rejected it. Reason: no' };
    expect(move('cashier', asked(given, [refused]))).toMatchObject({
      output: { refund: null, done: [{ what: '5.00 EUR of invoice I-1 were not paid back' }] },
    });
  });

  test('cashier: reports the paid amount, also when a person has changed it', () => {
    const less = { id: 'R-1', invoice: 'I-1', cents: 300, currency: 'EUR' };
    expect(move('cashier', asked(given, [{ tool: 'issue_refund', gives: less }]))).toMatchObject({
      output: { refund: less, done: [{ what: '3.00 EUR of invoice I-1 were paid back as R-1' }] },
    });
  });

  test('cashier: account gets the refund and its order', () => {
    const refund = { id: 'R-1', invoice: 'I-1', cents: 500, currency: 'EUR' };
    const whole = { ...given, order: 'O-1', serial: 'H2-1' };
    expect(move('cashier', asked(whole, [{ tool: 'issue_refund', gives: refund }]))).toMatchObject({
      name: 'transfer_to_account',
      args: { payload: { refund: { ...refund, order: 'O-1', serial: 'H2-1' } } },
    });
  });
});

describe('account', () => {
  const subscription = {
    id: 'S-1',
    plan: 'Halo Plus',
    serial: 'H2-1',
    monthlyCents: 690,
    currency: 'EUR',
    paidUntil: '2027-01-01',
    state: 'active',
  };
  const other = { ...subscription, id: 'S-2', serial: 'H2-2' };
  const found = { tool: 'look_up_subscriptions', gives: { subscriptions: [other, subscription] } };
  const refund = { id: 'R-1', invoice: 'I-1', cents: 18_900, currency: 'EUR', order: 'O-1', serial: 'H2-1' };
  const given = (...wishes: string[]) => ({
    customer: { id: 'C-1', name: 'Mara' },
    classification: { wishes },
    refund,
  });

  test('account: ends the subscription of the returned device, and only when asked to', () => {
    expect(move('account', asked(given('end-subscription'), [found]))).toMatchObject({
      name: 'end_subscription',
      args: { customer: 'C-1', subscription: 'S-1' },
    });
    for (const wishes of [[], ['keep-subscription']])
      expect(move('account', asked(given(...wishes), [found]))).toMatchObject({
        output: { done: [{ what: 'S-1 was left as it is' }], refund: { id: 'R-1' } },
      });
  });

  test('account: reports a subscription that was ended before, with any wish', () => {
    const ending = { ...subscription, state: 'ending' };
    const only = { tool: 'look_up_subscriptions', gives: { subscriptions: [ending] } };
    for (const wish of ['end-subscription', 'keep-subscription'])
      expect(move('account', asked(given(wish), [only]))).toMatchObject({
        output: { done: [{ what: 'S-1 was left as it is', why: 'it was ended before' }] },
      });
  });

  test('account: the letter has the earlier findings of technical, and asks nothing', () => {
    const task = [
      'You take over from cashier.',
      'Decided (do not change):\n- H2-1 is defective (the light says so)\n- 189.00 EUR were paid back (owed)',
      'Facts to know:\n- H2-1 has to come back',
    ].join('\n\n');
    const { output } = move('account', asked(given(), [found], task)) as {
      output: { answer: string; done: object[] };
    };
    expect(output.answer).toContain('We found that H2-1 is defective: the light says so.');
    expect(output.answer).not.toContain('?');
    expect(output.done).toEqual([
      { what: 'H2-1 is defective', why: 'the light says so' },
      { what: '189.00 EUR were paid back', why: 'owed' },
      { what: 'S-1 was left as it is', why: 'the customer said nothing about it' },
    ]);
  });
});
