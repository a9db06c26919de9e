/**
 * The support desk before a provider that speaks chat completions: agents acknowledge what they are handed, hand off
 * with a summary, and are offered no more than their job needs. Requests are counted exactly.
 */
import type { WorkflowHandle } from '@temporalio/client';
import { afterEach, expect, test } from 'vitest';
import { openaiModel } from '@batonhq/baton/worker';
import type { Json } from '../../src/contracts/data/json.js';
import type { Resolution } from '../../dist/examples/support-desk/shapes.js';
import { firstRequest } from '../fixtures/harness.js';
import { type Provider, type ProviderStep, startProvider } from '../fixtures/provider.js';
import { shippedTicket, type SupportDesk, withSupportDesk } from '../fixtures/support-desk.js';

type Body = { readonly [key: string]: Json };
type Call = { readonly name: string; readonly arguments: Json };
/** An agent's answer to its n-th request, which asks it to accept these items. */
type Turn = (before: number, items: readonly string[], body: Body) => ProviderStep;

const calls = (...toolCalls: Call[]): ProviderStep => ({ toolCalls });
const call = (name: string, args: Json): Call => ({ name, arguments: args });
const accept = (items: readonly string[]): Call => call('accept_handoff', { items: [...items] });

const TICKET = shippedTicket('defective-router');
const CUSTOMER = { id: 'C-1001', name: 'Mara Lindqvist', email: TICKET.from, region: 'north' };
const CLASSIFICATION = {
  topic: 'technical',
  alsoAbout: ['billing', 'account'],
  wishes: ['refund', 'end-subscription'],
  urgency: 'normal',
  confidence: 0.9,
  why: 'The router has stopped working.',
};
const LIGHT = { colour: 'red', blinks: 3 };
const DIAGNOSIS = {
  serial: 'H2-77341',
  model: 'Halo 2',
  order: 'O-2101',
  warranty: 'valid',
  defective: true,
  light: LIGHT,
  meaning: 'the radio module has failed',
};
const OWED = {
  invoice: 'I-4101',
  cents: 18_900,
  currency: 'EUR',
  reason: 'Defective under warranty: red light, three times.',
};

function handOff(to: string, payload: Json, summary: Record<string, Json> = {}): Call {
  return call(`transfer_to_${to}`, {
    task: { goal: `What ${to} does.`, expected: 'An answer.', acceptance: ['It is settled.'] },
    summary: { done: [], decisions: [], answered: [], open: [], needToKnow: [], ...summary },
    payload,
  });
}

const TEAM: Readonly<Record<string, Turn>> = {
  triage: (before) =>
    before === 0
      ? calls(call('look_up_customer', { email: TICKET.from }))
      : calls(
          handOff(
            'technical',
            { customer: CUSTOMER, classification: CLASSIFICATION, message: TICKET.message },
            {
              answered: [{ question: 'Which light blinks?', answer: 'Red, three times.' }],
              needToKnow: ['Uses it for work.'],
            },
          ),
        ),
  technical: (before, items) => {
    if (before === 0)
      return calls(
        accept(items),
        call('look_up_devices', { customer: 'C-1001' }),
        call('service_status', { region: 'north' }),
      );
    if (before === 1) return calls(call('explain_light', { model: 'Halo 2', light: LIGHT }));
    const decisions = [{ decision: 'H2-77341 is defective', reason: 'its radio module has failed' }];
    const payload = { customer: CUSTOMER, classification: CLASSIFICATION, message: 'My money back, please.' };
    // At first it forgets the very thing that billing needs.
    return before === 2
      ? calls(
          handOff(
            'billing',
            { ...payload, diagnosis: { ...DIAGNOSIS, light: { colour: 'red' } } },
            { decisions },
          ),
        )
      : calls(handOff('billing', { ...payload, diagnosis: DIAGNOSIS }, { decisions }));
  },
  billing: (before, items) =>
    before === 0
      ? calls(accept(items), call('look_up_invoices', { customer: 'C-1001' }))
      : calls(
          handOff('cashier', {
            customer: { id: 'C-1001', name: 'Mara Lindqvist' },
            classification: { wishes: CLASSIFICATION.wishes },
            ...OWED,
            order: 'O-2101',
            serial: 'H2-77341',
          }),
        ),
  cashier: (before, items) => {
    if (before === 0) return calls(accept(items));
    if (before === 1) return calls(call('issue_refund', OWED));
    return calls(
      handOff('account', {
        customer: { id: 'C-1001', name: 'Mara Lindqvist' },
        classification: { wishes: CLASSIFICATION.wishes },
        refund: {
          id: 'R-1',
          invoice: 'I-4101',
          cents: 18_900,
          currency: 'EUR',
          order: 'O-2101',
          serial: 'H2-77341',
        },
      }),
    );
  },
  account: (before, items) => {
    if (before === 0) return calls(accept(items), call('look_up_subscriptions', { customer: 'C-1001' }));
    if (before === 1) return calls(call('end_subscription', { customer: 'C-1001', subscription: 'S-3001' }));
    return {
      content: JSON.stringify({
        answer: 'Dear Mara, …',
        done: [{ what: 'S-3001 ends', why: 'You wish it.' }],
        refund: { id: 'R-1', invoice: 'I-4101', cents: 18_900, currency: 'EUR' },
        tickets: [],
      }),
    };
  },
};

class Wire {
  readonly bodies = new Map<string, Body[]>();

  answer(body: Body): ProviderStep {
    const [system] = messagesOf(body);
    const agent = /Your name is (\w+)/.exec(system?.content ?? '')?.[1] ?? '';
    const turn = TEAM[agent];
    // A model call without a known agent asks to shorten a conversation.
    if (turn === undefined) return { content: 'They have looked at the device.' };
    const known = this.bodies.get(agent) ?? [];
    this.bodies.set(agent, [...known, body]);
    const items =
      /Required items[^:]*: (?<items>.*)/.exec(textOf(body))?.groups?.['items']?.split(', ') ?? [];
    return turn(known.length, items, body);
  }

  counts(): Record<string, number> {
    return Object.fromEntries([...this.bodies].map(([agent, bodies]) => [agent, bodies.length]));
  }

  of(agent: string, at: number): Body {
    return this.bodies.get(agent)?.at(at) ?? {};
  }
}

const messagesOf = ({ messages }: Body) => (messages ?? []) as { role: string; content: string | null }[];
const textOf = (body: Body) =>
  messagesOf(body)
    .map(({ content }) => content ?? '')
    .join('\n\n');
const toolNames = ({ tools }: Body): string[] =>
  ((tools ?? []) as { function: { name: string } }[]).map((tool) => tool.function.name);

let provider: Provider | undefined;
afterEach(() => provider?.close());

async function settled(body: (desk: SupportDesk, wire: Wire, resolution: Resolution) => void): Promise<void> {
  const wire = new Wire();
  provider = await startProvider((asked) => wire.answer(asked));
  const model = openaiModel({ model: 'm-1', baseURL: provider.baseURL, apiKey: 'sk-x', env: {} });
  await withSupportDesk(model, async (desk) => {
    const run: WorkflowHandle = await desk.send(TICKET);
    const { id } = await firstRequest(run);
    for (const by of ['ada', 'bob'])
      await run.executeUpdate('decide', { args: [{ request: id, option: 'approve', by }] });
    body(desk, wire, (await run.result()) as Resolution);
  });
}

test('T4 support desk: before a provider it is asked exactly so often; who is granted a permission acknowledges first and alone', async () => {
  await settled((_desk, wire, resolution) => {
    expect(wire.counts()).toEqual({ triage: 2, technical: 4, billing: 2, cashier: 3, account: 3 });
    expect(resolution.refund).toEqual({ id: 'R-1', invoice: 'I-4101', cents: 18_900, currency: 'EUR' });
    for (const agent of ['triage', 'technical', 'billing', 'account'])
      for (const body of wire.bodies.get(agent) ?? []) expect(toolNames(body)).not.toContain('issue_refund');
    expect(toolNames(wire.of('cashier', 1))).toContain('issue_refund');
    expect(toolNames(wire.of('cashier', 0))).toContain('accept_handoff');
    expect(toolNames(wire.of('cashier', 1))).not.toContain('accept_handoff');
  });
});

test('H7 support desk: a diagnosis that lacks how the light blinks goes back to technical, and billing is never asked with it', async () => {
  await settled((_desk, wire) => {
    expect(textOf(wire.of('technical', 3))).toMatch(/technical-to-billing@1 is not met/);
    expect(textOf(wire.of('technical', 3))).toContain('diagnosis.light.blinks');
    expect(textOf(wire.of('billing', 0))).toMatch(/"blinks": ?3/);
  });
});

test('H6 support desk: what the customer told triage is in the request that account is sent, four hops on, and nothing of it in what the cashier does not need', async () => {
  await settled((_desk, wire) => {
    const account = textOf(wire.of('account', 0));
    expect(account).toContain('"Which light blinks?": "Red, three times."');
    expect(account).toContain('H2-77341 is defective (its radio module has failed)');
    expect(account).toMatch(/"order": ?"O-2101"/);
    const cashier = textOf(wire.of('cashier', 0));
    expect(cashier).not.toContain(CUSTOMER.email);
    expect(cashier).not.toContain('My money back, please.');
    expect(cashier).not.toContain(TICKET.message);
  });
});
