/** The next step after a diagnosis: billing for money, logistics for a replacement, otherwise an answer at once. */
import type { OfflineMove } from '@batonhq/baton/worker';
import { openTicket } from '../actions.js';
import type { Device } from '../lookups.js';
import type { Diagnosis, Light, TechnicalCase } from '../shapes.js';
import { type Request, resultOf, settledBefore } from './conversation.js';
import { sayLight, WHICH_LIGHT } from './light.js';
import { call, calls, handOff, resolve } from './moves.js';

export interface Findings {
  readonly given: TechnicalCase;
  readonly device: Device;
  readonly light: Light;
  readonly meaning: string;
  readonly remedy: 'wait' | 'reset' | 'replace';
  readonly afterReset?: Device['state'];
}

export function diagnosed(request: Request, findings: Findings): OfflineMove {
  const { given, device, remedy, afterReset } = findings;
  const defective = remedy === 'replace' || afterReset === 'silent';
  const { topic, wishes } = given.classification;
  // A task from billing goes back to billing in any case.
  if (topic === 'billing' || (defective && wishes.includes('refund'))) return toBilling(findings, defective);
  if (!defective) return mended(request, findings);
  return device.warranty === 'valid' ? replaced(request, findings) : notCovered(request, findings);
}

function toBilling(findings: Findings, defective: boolean): OfflineMove {
  const { given, device, light, meaning, afterReset } = findings;
  const { serial, model, order, warranty } = device;
  const diagnosis: Diagnosis = { serial, model, order, warranty, defective, light, meaning };
  return handOff('billing', {
    goal: 'Decide what is owed for the device, and have it paid back.',
    expected: 'The refund is with the cashier, or the customer knows why there is none.',
    acceptance: ['the amount is that of the order', 'the reason names what is wrong with the device'],
    told: {
      done: [
        `looked at ${serial}: its light (${sayLight(light)}) says that ${meaning}`,
        ...(afterReset === undefined ? [] : [`reset ${serial}: it is ${afterReset}`]),
      ],
      decisions: [verdict(findings, defective)],
      answered: [{ question: WHICH_LIGHT, answer: sayLight(light) }],
      needToKnow: [`${serial} was bought with order ${order}; its warranty is ${warranty}`],
    },
    payload: { ...given, diagnosis },
  });
}

function verdict({ device, light, meaning, afterReset }: Findings, defective: boolean) {
  const reason = `its light (${sayLight(light)}) says that ${meaning}`;
  if (!defective) return { decision: `${device.serial} is not defective`, reason };
  return {
    decision: `${device.serial} is defective`,
    reason: afterReset === undefined ? reason : `${reason}, and a reset did not help`,
  };
}

function asDone({ decision, reason }: ReturnType<typeof verdict>) {
  return { what: decision, why: reason };
}

function mended(request: Request, findings: Findings): OfflineMove {
  const { given, device, light, meaning, afterReset } = findings;
  const why = `The light that you see (${sayLight(light)}) says that ${meaning}.`;
  return resolve({
    name: given.customer.name,
    letter:
      afterReset === undefined
        ? [why, 'Your device needs no repair: it recovers without your help.']
        : [why, `We have reset your ${device.model} from here, and it is working again.`],
    done: [
      ...settledBefore(request).decisions,
      asDone(verdict(findings, false)),
      ...(afterReset === undefined
        ? []
        : [{ what: `${device.serial} was reset`, why: 'the manual says that it helps' }]),
    ],
  });
}

function replaced(request: Request, findings: Findings): OfflineMove {
  const { given, device, light, meaning } = findings;
  const { customer, classification } = given;
  const opened = resultOf(request, openTicket);
  if (opened === undefined) {
    const also = classification.wishes.filter((wish) => wish !== 'replacement' && wish !== 'repair');
    const details = [
      `Send ${customer.name} (${customer.id}) another ${device.model} for ${device.serial}, bought with ${device.order}, which is defective: ${meaning}.`,
      ...(also.length === 0 ? [] : [`The customer also wishes: ${also.join(', ')}.`]),
    ].join('\n');
    return calls(
      call(openTicket, {
        customer: customer.id,
        department: 'logistics',
        subject: `Replace ${device.serial}`,
        details,
      }),
    );
  }
  return resolve({
    name: customer.name,
    letter: [
      `The light that you see (${sayLight(light)}) says that ${meaning}. Your ${device.model} is defective, and under warranty.`,
      `You get another one from us (${opened.ticket}).`,
    ],
    done: [
      ...settledBefore(request).decisions,
      asDone(verdict(findings, true)),
      { what: `Ticket ${opened.ticket} was opened for logistics`, why: 'the warranty is valid' },
    ],
    tickets: [opened.ticket],
  });
}

function notCovered(request: Request, findings: Findings): OfflineMove {
  const { given, device, light, meaning } = findings;
  return resolve({
    name: given.customer.name,
    letter: [
      `The light that you see (${sayLight(light)}) says that ${meaning}. Your ${device.model} is defective, and its warranty is over, so we cannot replace it.`,
    ],
    done: [
      ...settledBefore(request).decisions,
      asDone(verdict(findings, true)),
      { what: 'No replacement was sent', why: 'the warranty is over' },
    ],
  });
}
