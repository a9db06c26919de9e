/** The move of services to another cluster. */
import type { Domain } from './domain.js';

export const SERVICES: Domain = {
  task: 'Move the services to the new cluster without an outage that anybody notices.',
  seeds: {
    work: [
      {
        subject: 'the {service} database',
        value: '{number} gigabytes on volume {code}',
        field: 'size',
        said: ['Measured last night, {S} takes {V}.', 'By the console {S} has {V}.'],
      },
      {
        subject: 'the slow start of {service}',
        value: 'a lookup of host {code} that times out',
        field: 'cause',
        said: ['Traced it: {S} comes from {V}.', 'The profile puts {S} down to {V}.'],
      },
      {
        subject: 'the certificate of {service}',
        value: 'valid until {day} {month} {year}',
        field: 'certificate',
        said: ['It says that {S} is {V}.', 'Read from the endpoint, {S} is {V}.'],
      },
      {
        subject: 'the load of {service}',
        value: '{number} requests a second at its peak',
        field: 'peak',
        said: ['Over the month {S} was {V}.', 'The graph has {S} at {V}.'],
      },
    ],
    decision: [
      {
        subject: 'the move of {service}',
        value: 'done on {day} {month} at {hour}',
        said: [
          'We decided on {S} being {V}, since {reason}.',
          'Right, {S} gets {V}; {reason}.',
          '{S} is {V}, and {person} will be there.',
        ],
      },
      {
        subject: 'the logs of {service}',
        value: 'kept for {number} days in {city}',
        said: [
          "Let's have {S} {V}, because {reason}.",
          'We agreed to have {S} {V}.',
          'From now on {S} are {V}.',
        ],
      },
      {
        subject: 'the rollback of {service}',
        value: 'made by snapshot {code}',
        said: ['We will have {S} {V} instead of by replay.', 'I chose to have {S} {V}, as {reason}.'],
      },
    ],
    answer: [
      {
        subject: 'the owner of {service}',
        value: '{person} of the {city} team',
        question: 'Who is {S} nowadays?',
        said: ['That is {V}.', '{V}, since spring.', 'Ask {V}.'],
      },
      {
        subject: 'the freeze for {service}',
        value: 'from {day} {month} until {hour} the day after',
        question: 'Is there a freeze, when is {S}?',
        said: ['Yes, {V}.', 'We do not touch it {V}.', '{V}, because of the closing.'],
      },
      {
        subject: 'the budget for {service}',
        value: '{amount} euros a month including backups',
        question: 'How much may it cost, what is {S}?',
        said: ['{V}.', 'They gave us {V}.', 'No more than {V}.'],
      },
    ],
  },
  filler: [
    'The dashboard of {service} has {number} panels, most of which nobody looks at.',
    'An alert for {service} went off in {month} and was closed as noise.',
    'We could move {service} by replaying its queue, but nobody has tried.',
    '{service} is written in the same framework as most others here.',
    '{person} asked whether {service} needs to move at all; no answer so far.',
    'The runbook of {service} was last edited by somebody who has left.',
    'Retries are bounded, with a pause that doubles, as everywhere in the house.',
    'The old cluster stands in {city} and will be sold in {month}.',
    'Nodes are drained one at a time, and the next one follows when the last is well.',
    'It might be worth looking at the memory of {service} one day.',
    'A pull request with {number} files waits for a review and has to do with names only.',
    'Pages of the manual on {service} were moved to the new wiki.',
  ],
};
