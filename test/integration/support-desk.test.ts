/**
 * The support desk without a provider, on a real server and with a real shop: tickets pass between agents, and the
 * findings of one agent reach the agents that need them, in the very requests that their models receive.
 */
import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type ModelRequest, offlineModel } from '@batonhq/baton/worker';
import { deskAlgorithms } from '../../dist/examples/support-desk/offline/index.js';
import type { Resolution } from '../../dist/examples/support-desk/shapes.js';
import { firstRequest, timeline, until, view } from '../fixtures/harness.js';
import { approveAll, shippedTicket, type SupportDesk, withSupportDesk } from '../fixtures/support-desk.js';

async function decide(run: WorkflowHandle, decision: object): Promise<void> {
  const { id } = await firstRequest(run);
  await run.executeUpdate('decide', { args: [{ request: id, by: 'ada', ...decision }] });
}

/** Above 100 EUR it takes two. */
async function approve(run: WorkflowHandle): Promise<void> {
  await decide(run, { option: 'approve' });
  await decide(run, { option: 'approve', by: 'bob' });
}

const resolved = (run: WorkflowHandle) => run.result() as Promise<Resolution>;

/** The handoffs in order: sender, receiver, contract and reason. */
async function transitions(run: WorkflowHandle) {
  const events = await timeline(run);
  return events.flatMap((event) =>
    event.kind === 'handoff' && event.from !== 'supportDesk'
      ? [`${event.from} → ${event.to}: ${event.trigger}, ${event.contract ?? ''}`]
      : [],
  );
}

/** All that an agent was ever sent. */
function sent(requests: readonly ModelRequest[], agent: string): string {
  return JSON.stringify(requests.filter((request) => request.agent === agent));
}

function refunds({ ledger }: SupportDesk) {
  return ledger.all(
    z.object({ invoice: z.string(), cents: z.number(), reason: z.string() }),
    'select invoice, cents, reason from refunds',
  );
}

test("T5 support desk: triage finishes its scope and hands off with its classification, and an incident's customer gets its advice", async () => {
  await withSupportDesk(undefined, async (desk) => {
    const run = await desk.send(shippedTicket('incident'));
    const { answer, refund, tickets } = await resolved(run);
    expect(answer).toContain('A fibre near Estelle is cut');
    expect(answer).toContain('the connection comes back by itself');
    expect({ refund, tickets }).toEqual({ refund: null, tickets: ['T-1'] });
    expect(await transitions(run)).toEqual(['triage → technical: domain-completion, triage-to-technical@1']);
    const [first] = desk.requests.filter(({ agent }) => agent === 'technical');
    expect(first?.input).toMatchObject({
      customer: { id: 'C-1002', region: 'south' },
      classification: { topic: 'technical', urgency: 'high', confidence: 1, why: '"down", "light"' },
    });
    expect((await view(run)).owner).toBe('technical');
  });
});

test('R5 H7 H9 H11 support desk: every handoff says why, who chose, by which contract, who owns the task, and what was sent along', async () => {
  await withSupportDesk(undefined, async (desk) => {
    const run = await desk.send(shippedTicket('defective-router'));
    await approveAll(run);
    const events = await timeline(run);
    const manifests = new Map(
      events.flatMap((event) => (event.kind === 'context' ? [[event.handoff, event.manifest]] : [])),
    );
    const handoffs = events.filter((event) => event.kind === 'handoff');
    expect(handoffs).toHaveLength(5);
    for (const [index, event] of handoffs.entries()) {
      const { handoff, from, to, manifest } = event;
      expect(event).toMatchObject({
        trigger: expect.stringMatching(/^(specialization|domain-completion|privilege)$/),
        by: index === 0 ? 'code' : 'agent',
        contract: index === 0 ? `input-of-${to}@1` : `${from}-to-${to}@1`,
        schema: expect.stringMatching(/^[0-9a-f]{16}$/),
        // The sender owns the task until the receiver accepts it.
        owner: from,
      });
      expect(manifests.get(handoff)).toMatchObject({ id: manifest });
    }
  });
});

test('T4 support desk: billing cannot pay; a cashier is granted the permission by the contract, and pays once two people agree', async () => {
  await withSupportDesk(undefined, async (desk) => {
    const run = await desk.send(shippedTicket('paid-twice'));
    const { action, needs } = await firstRequest(run);
    expect(needs).toMatchObject({ policy: 'refunds-above-100', roles: ['finance'], quorum: 2 });
    expect(action).toMatchObject({
      tool: 'issue_refund',
      args: { invoice: 'I-4102', cents: 18_900, reason: 'Invoice I-4102 over 189.00 EUR was paid 2 times' },
    });
    expect(refunds(desk)).toEqual([]);
    await approve(run);
    const { answer, refund } = await resolved(run);
    expect(refund).toEqual({ id: 'R-1', invoice: 'I-4102', cents: 18_900, currency: 'EUR' });
    expect(answer).toContain('We have paid 189.00 EUR back to you (R-1), by the way it came.');
    expect(refunds(desk)).toMatchObject([{ invoice: 'I-4102', cents: 18_900 }]);
    expect(await transitions(run)).toEqual([
      'triage → billing: domain-completion, triage-to-billing@1',
      'billing → cashier: privilege, billing-to-cashier@1',
    ]);
    // Need to know: the cashier does not see the customer's own words.
    expect(sent(desk.requests, 'billing')).toContain('I have been charged twice');
    expect(sent(desk.requests, 'cashier')).not.toContain('I have been charged twice');
  });
});

test('H6 support desk: four hops on, account was sent what technical found and the order of the refund, and asks nothing again', async () => {
  await withSupportDesk(undefined, async (desk) => {
    const run = await desk.send(shippedTicket('defective-router'));
    await approve(run);
    const { answer, done, refund } = await resolved(run);
    expect(await transitions(run)).toEqual([
      'triage → technical: domain-completion, triage-to-technical@1',
      'technical → billing: specialization, technical-to-billing@1',
      'billing → cashier: privilege, billing-to-cashier@1',
      'cashier → account: specialization, cashier-to-account@1',
    ]);
    // The customer said it to triage; billing puts it into the books.
    const [billing] = desk.requests.filter(({ agent }) => agent === 'billing');
    expect(billing?.input).toMatchObject({
      diagnosis: { serial: 'H2-77341', order: 'O-2101', light: { colour: 'red', blinks: 3 } },
    });
    expect(refunds(desk)[0]?.reason).toContain(
      'its light (red, blinks 3 times) says that the radio module has failed',
    );
    const [account] = desk.requests.filter(({ agent }) => agent === 'account');
    const task = account?.messages.find(({ role }) => role === 'user')?.content;
    expect(task).toContain(
      'H2-77341 is defective (its light (red, blinks 3 times) says that the radio module has failed)',
    );
    expect(task).toContain('often does it blink in a row?": "red, blinks 3 times"');
    expect(task).toContain('I have already pulled the plug and waited ten minutes');
    expect(account?.input).toMatchObject({ refund: { id: 'R-1', order: 'O-2101', serial: 'H2-77341' } });
    expect(answer).toContain('H2-77341 is defective');
    expect(answer).toMatch(/Halo Plus \(S-3001\) ends on \d{4}-\d\d-\d\d/);
    expect(refund).toMatchObject({ invoice: 'I-4101', cents: 18_900 });
    expect(done.map(({ what }) => what)).toEqual([
      'technical begins',
      'H2-77341 is defective',
      '189.00 EUR of invoice I-4101 are owed',
      '189.00 EUR of invoice I-4101 were paid back as R-1',
      expect.stringMatching(/^S-3001 ends on /),
    ]);
  });
});

test('H8 support desk: technical asks for a missing fact before it accepts, a person answers, and the case goes round once to billing', async () => {
  await withSupportDesk(undefined, async (desk) => {
    const run = await desk.send(shippedTicket('no-light-named'));
    const question = await firstRequest(run);
    expect(question).toMatchObject({ reason: 'clarification', askedBy: 'technical' });
    // The agent that asks has not accepted the ticket: billing still owns it.
    expect((await view(run)).owner).toBe('billing');
    expect(desk.requests.filter(({ agent }) => agent === 'technical')).toHaveLength(1);
    await decide(run, { option: 'answer', answer: 'It is red, three times in a row.' });
    await until(async () => (await firstRequest(run)).reason === 'compliance');
    await approve(run);
    const { answer } = await resolved(run);
    expect(await transitions(run)).toEqual([
      'triage → billing: domain-completion, triage-to-billing@1',
      'billing → technical: specialization, billing-to-technical@1',
      'technical → billing: specialization, technical-to-billing@1',
      'billing → cashier: privilege, billing-to-cashier@1',
      'cashier → account: specialization, cashier-to-account@1',
    ]);
    expect(answer).toContain('Halo Plus (S-3005) goes on, as you wish.');
    expect(refunds(desk)[0]?.reason).toContain('red, blinks 3 times');
  });
});

test('support desk: a refund that a person rejects is not paid, and the customer gets the reason', async () => {
  await withSupportDesk(undefined, async (desk) => {
    const run = await desk.send(shippedTicket('defective-router'));
    await decide(run, { option: 'reject', reason: 'The device was dropped.' });
    const { answer, refund } = await resolved(run);
    expect(refund).toBeNull();
    expect(refunds(desk)).toEqual([]);
    expect(answer).toContain('The device was dropped.');
    expect(answer).toMatch(/Halo Plus \(S-3001\) ends on/);
  });
});

test('T3 support desk: what technical cannot do for good, a technician who is a person does in its place, knowing what failed', async () => {
  const model = offlineModel({
    agents: {
      ...deskAlgorithms,
      technical: () => {
        throw new Error('no algorithm today');
      },
    },
  });
  await withSupportDesk(model, async (desk) => {
    const run = await desk.send(shippedTicket('incident'));
    const offer = await firstRequest(run);
    expect(offer).toMatchObject({
      reason: 'handoff',
      askedOf: { name: 'technician', roles: ['support'] },
    });
    expect(offer.details).toContain('no algorithm today');
    expect(offer.details).toContain('C-1002');
    const by = { answer: 'Somebody is on the way.', done: [], refund: null, tickets: [] };
    await decide(run, { option: 'answer', answer: by });
    expect(await resolved(run)).toEqual(by);
    expect((await transitions(run)).at(-1)).toMatch(/ → technician: error-recovery/);
    expect((await view(run)).owner).toBe('technician');
  });
});
