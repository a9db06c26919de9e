/** The maintenance of buildings. */
import type { Domain } from './domain.js';

export const BUILDING: Domain = {
  task: 'Prepare the maintenance of the buildings before winter, and see that everybody concerned knows of it.',
  seeds: {
    work: [
      {
        subject: 'the {device} in {place}',
        value: '{day} {month} {year}',
        field: 'last_serviced',
        said: [
          'According to the folder, {S} was last serviced on {V}.',
          'The plate shows {V} as the last service of {S}.',
        ],
      },
      {
        subject: 'the {device} in {place}',
        value: '{number} kilopascals',
        field: 'pressure',
        said: ['Measured at the gauge, {S} holds {V}.', 'The reading of {S} came to {V}.'],
      },
      {
        subject: 'the key to {place}',
        value: 'locker {code}',
        field: 'kept_in',
        said: ['The porter keeps {S} in {V}.', 'It turned out that {S} hangs in {V}.'],
      },
      {
        subject: 'the quote of {firm} for {place}',
        value: '{amount} euros',
        field: 'total',
        said: ['All in all {S} comes to {V}.', 'With the scaffold, {S} is {V}.'],
      },
    ],
    decision: [
      {
        subject: 'the {device} in {place}',
        value: 'replaced by a {firm} unit of type {code}',
        said: [
          'We decided that {S} will be {V}, since {reason}.',
          'After the call it is clear that {S} gets {V}; {reason}.',
          'Fine, {S} is to be {V}.',
        ],
      },
      {
        subject: 'the works at {place}',
        value: 'start on {day} {month} at {hour}',
        said: [
          "Let's have {S} {V}, because {reason}.",
          'We agreed that {S} {V}.',
          'So {S} {V}, and not earlier, as {reason}.',
        ],
      },
      {
        subject: 'the scaffold at {place}',
        value: 'rented from {firm} for {number} days',
        said: ['I will go with {S} {V} since {reason}.', '{S} is {V} rather than bought.'],
      },
    ],
    answer: [
      {
        subject: 'the entrance to {place}',
        value: 'the side gate with code {code}',
        question: 'Which way do the fitters take, what is {S}?',
        said: ['They take {V}.', '{V}, please, the front is for tenants.', 'It has always been {V}.'],
      },
      {
        subject: 'the contact for {place}',
        value: '{person} on extension {number}',
        question: 'Who is {S} while the works go on?',
        said: ['Call {V}.', 'That would be {V}.', '{V}, but not before nine.'],
      },
      {
        subject: 'the quiet hours at {place}',
        value: 'from {hour} to {hour} on weekdays',
        question: 'What are {S}?',
        said: ['We keep quiet {V}.', '{V}, as it says in the lease.'],
      },
    ],
  },
  filler: [
    'The caretaker of {place} has been here for {number} years and likes to tell of it.',
    'Tenants of {place} were told of the works by a notice in the stairwell.',
    'We could have the {device} in {place} replaced as well, but nobody has asked for it.',
    'The {device} in {place} is on the list of things to be looked at some day.',
    'The lift at {place} was out of order for {number} days in {month}, and nobody complained.',
    '{person} suggested {firm} for the windows; no conclusion was reached.',
    'Photographs of the roof are in the shared folder, sorted by date.',
    'The previous contractor left a pallet of tiles in the yard of {place}.',
    'It rained for most of {month}, so the gutters were not looked at.',
    'A permit is needed when a crane stands on the pavement for more than a day.',
    'Whether the cellar of {place} floods again depends on the river.',
    'The insurer may ask for pictures at some point.',
  ],
};
