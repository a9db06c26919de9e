/** A customer's orders. */
import type { Domain } from './domain.js';

export const ORDERS: Domain = {
  task: "Bring the customer's orders to an end that she is content with, and keep within the rules of the house.",
  seeds: {
    work: [
      {
        subject: 'the parcel with the {goods}',
        value: 'the {city} sorting hall, shelf {code}',
        field: 'location',
        said: ['Tracking has {S} in {V}.', 'After two calls, {S} was found in {V}.'],
      },
      {
        subject: 'the invoice for the {goods}',
        value: 'number {code}',
        field: 'invoice',
        said: ['In the books {S} has {V}.', '{S} was filed under {V}.'],
      },
      {
        subject: 'the {goods}',
        value: '{amount} euros paid by card ending {number}',
        field: 'payment',
        said: ['The ledger shows {S} with {V}.', 'For {S} there were {V}.'],
      },
      {
        subject: 'the stock of the {goods}',
        value: '{number} left in {city}',
        field: 'stock',
        said: ['Counted this morning, {S} is {V}.', 'As for {S}, there are {V}.'],
      },
    ],
    decision: [
      {
        subject: 'the {goods}',
        value: 'refunded as store credit of {amount} euros',
        said: [
          'We settled on {S} being {V}, because {reason}.',
          '{S} gets {V}; {reason}.',
          'I have decided to have {S} {V}.',
        ],
      },
      {
        subject: 'the replacement of the {goods}',
        value: 'shipped from {city} with {firm}',
        said: [
          "Let's have {S} {V}, since {reason}.",
          'In the end {S} is {V}.',
          'We agreed: {S} is {V}, as {reason}.',
        ],
      },
      {
        subject: 'the complaint about the {goods}',
        value: 'closed under reference {code}',
        said: ['With that, {S} is {V}.', 'I am going with {S} {V}, because {reason}.'],
      },
    ],
    answer: [
      {
        subject: 'the address for the {goods}',
        value: '{number} Canal Walk in {city}',
        question: 'What is {S} this time?',
        said: ['Send it to {V}.', '{V}, my sister is always in.', 'To {V} please.'],
      },
      {
        subject: 'the day for the {goods}',
        value: '{day} {month} after {hour}',
        question: 'When can we deliver, what is {S}?',
        said: ['{V} suits me.', 'I am at home on {V}.', 'Any time {V}.'],
      },
      {
        subject: 'the colour of the {goods}',
        value: 'shade {code} with brass feet',
        question: 'And {S}, which one was meant?',
        said: ['I meant {V}.', '{V}, not the one in the picture.'],
      },
    ],
  },
  filler: [
    'The customer has been with us for {number} years and writes long letters.',
    'A voucher of {number} euros was offered in {month} and never used.',
    'The {goods} is shown on page {number} of the catalogue.',
    'Another customer in {city} asked about the {goods}; that has nothing to do with this.',
    'We could send the {goods} by courier, though it might not be worth it.',
    '{person} wondered whether the {goods} was still made; nobody knew.',
    'Returns within thirty days are free of charge, later ones are looked at one by one.',
    'Parcels above thirty kilograms travel with a haulier, and on a pallet.',
    'The warehouse in {city} counts its stock at the end of {month}.',
    'The newsletter of {month} had a misprint in the price of the {goods}.',
    'Whoever takes the call greets by name and asks for the order first.',
    'It would perhaps help to have the guide for the {goods} translated.',
  ],
};
