/** The technician without a provider: checks incidents first, then the manual's page about the light. */
import type { OfflineAnswer, OfflineMove } from '@batonhq/baton/worker';
import { openTicket, resetDevice } from '../actions.js';
import { type Device, explainLight, type Incident, lookUpDevices, serviceStatus } from '../lookups.js';
import { type Light, TechnicalCase } from '../shapes.js';
import { clarified, type Request, resultOf, settledBefore } from './conversation.js';
import { lightAnswered, lightIn, sayLight, WHICH_LIGHT } from './light.js';
import { ask, call, calls, resolve } from './moves.js';
import { diagnosed, type Findings } from './diagnosis.js';

const OUTAGE = /\b(?:internet|connection|online|offline)\b/i;

export const examine: OfflineAnswer = (request) => {
  const given = TechnicalCase.parse(request.input);
  const light = lightTold(request, given.message);
  const outage = OUTAGE.test(given.message);
  if (light === undefined && !outage) return ask(WHICH_LIGHT);
  const found = resultOf(request, lookUpDevices);
  const status = resultOf(request, serviceStatus);
  if (found === undefined || status === undefined) {
    const { id, region } = given.customer;
    return calls(call(lookUpDevices, { customer: id }), call(serviceStatus, { region }));
  }
  const [incident] = status.incidents;
  // A defective device shows a red light.
  if (incident !== undefined && outage && light?.colour !== 'red')
    return duringIncident(request, given, incident);
  const device = deviceMeant(found.devices, given.message);
  if (device === undefined || light === undefined)
    return forPeople(request, given, 'the message does not say which device is meant');
  return lookedAt(request, { given, device, light });
};

/** The light from the message, from an earlier answer, or from the answer just now. */
function lightTold(request: Request, message: string): Light | undefined {
  const answers = [clarified(request) ?? '', ...settledBefore(request).answered];
  return lightIn(message) ?? answers.map(lightAnswered).find((light) => light !== undefined);
}

/** The device that the message names, else the only silent one, else the only one. */
function deviceMeant(devices: readonly Device[], message: string): Device | undefined {
  const named = devices.filter(({ model, serial }) => [model, serial].some((name) => message.includes(name)));
  const silent = devices.filter(({ state }) => state === 'silent');
  return [named, silent, devices].find((some) => some.length === 1)?.[0];
}

function lookedAt(request: Request, seen: Omit<Findings, 'meaning' | 'remedy'>): OfflineMove {
  const { device, light, given } = seen;
  const explained = resultOf(request, explainLight);
  if (explained === undefined) return calls(call(explainLight, { model: device.model, light }));
  const { entry } = explained;
  if (entry === null)
    return forPeople(
      request,
      given,
      `the manual of ${device.model} does not know the light "${sayLight(light)}"`,
    );
  const reset = resultOf(request, resetDevice);
  if (entry.remedy === 'reset' && reset === undefined)
    return calls(call(resetDevice, { serial: device.serial }));
  return diagnosed(request, {
    ...seen,
    ...entry,
    ...(reset === undefined ? {} : { afterReset: reset.state }),
  });
}

function duringIncident(request: Request, { customer }: TechnicalCase, incident: Incident): OfflineMove {
  const opened = resultOf(request, openTicket);
  if (opened === undefined) {
    const details = `${customer.name} (${customer.email}) is to hear when incident ${incident.id} is over: ${incident.title}.`;
    return calls(
      call(openTicket, {
        customer: customer.id,
        department: 'support',
        subject: `Tell when ${incident.id} is over`,
        details,
      }),
    );
  }
  return resolve({
    name: customer.name,
    letter: [
      `Nothing is wrong with your router. ${incident.title}, since ${incident.since} (UTC); we know of it as ${incident.id}.`,
      incident.advice,
      `We tell you when it is over (${opened.ticket}).`,
    ],
    done: [
      ...settledBefore(request).decisions,
      {
        what: 'The device was left as it is',
        why: `incident ${incident.id} explains what the customer sees`,
      },
      {
        what: `Ticket ${opened.ticket} was opened for support`,
        why: 'the customer is to hear when it is over',
      },
    ],
    tickets: [opened.ticket],
  });
}

function forPeople(request: Request, { customer, message }: TechnicalCase, why: string): OfflineMove {
  const opened = resultOf(request, openTicket);
  if (opened === undefined) {
    const details = `${customer.name} writes: ${message}\nA technician has to look at it, as ${why}.`;
    return calls(
      call(openTicket, {
        customer: customer.id,
        department: 'support',
        subject: 'For a technician',
        details,
      }),
    );
  }
  return resolve({
    name: customer.name,
    letter: [`A technician is going to look at it in person and write to you (${opened.ticket}).`],
    done: [
      ...settledBefore(request).decisions,
      { what: `Ticket ${opened.ticket} was opened for support`, why },
    ],
    tickets: [opened.ticket],
  });
}
