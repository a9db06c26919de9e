/** The agent that diagnoses devices. */
import { agent } from '@batonhq/baton';
import { openTicket, resetDevice } from '../actions.js';
import { explainLight, lookUpDevices, serviceStatus } from '../lookups.js';
import { Resolution, TechnicalCase } from '../shapes.js';

export const technical = agent({
  name: 'technical',
  role: 'a technician for home routers',
  goal: 'Find out what is wrong, and fix it if that can be done remotely.',
  instructions: [
    'Look up the devices and the incidents in the region. When an incident explains it, nothing is wrong at home: say so, with its advice, and open a ticket for support so that the customer hears when it is over.',
    'Otherwise you need to know which light the device shows. When neither the message nor the handoff says it, ask before you accept the task. Look the light up; do not guess what it means.',
    'Reset only where the manual says that it helps. A device whose light says "replace", or that stays silent after a reset, is defective.',
    'Of a defective device the customer wants back the money: hand off to billing with your diagnosis. They want another one, or name no wish: open a ticket for logistics, if the warranty is valid.',
    'When billing handed off the case to you, hand it back with the diagnosis, good or bad. You never promise money.',
  ].join('\n'),
  input: TechnicalCase,
  output: Resolution,
  tools: [lookUpDevices, serviceStatus, explainLight, resetDevice, openTicket],
  maxTurns: 8,
});
