/**
 * The agents of the desk, and the routers that choose among them. The author saw only the development split, not the
 * held-out one.
 */
import { agent, classifier, firstOf, rules, similarity } from '@batonhq/baton';
import { z } from 'zod';

const billing = agent({ name: 'billing', goal: 'Settle what was paid, charged or is owed.' });
const technical = agent({ name: 'technical', goal: 'Get devices and the app to work.' });
const account = agent({ name: 'account', goal: 'Look after sign-in, users and personal data.' });
const shipping = agent({ name: 'shipping', goal: 'Find parcels and get them delivered.' });
const returns = agent({ name: 'returns', goal: 'Take things back, exchange them, honour the warranty.' });
const sales = agent({ name: 'sales', goal: 'Advise those who have not bought yet.' });

const among = [billing, technical, account, shipping, returns, sales] as const;

/** The requests that belong to each agent, in the words that people use for them. */
const describe = {
  billing:
    'Payment, pay, paid, bill, billed, charge, charged, debited, invoice, receipt, price of a subscription, cancel or end the subscription, discount that does not show, refund to a card or bank, statement, overpaid, due, owe, reminder, VAT, finance, bookkeeping, credit card, bank transfer, money, euros.',
  technical:
    'The app or a device does not work: error, crash, bug, freezes, frozen, offline, slow, loading, connection, connect, pair, pairing, Wi-Fi, signal, firmware, update, version, restart, boot, light blinks red, battery, recording, picture, sound, notifications, automation, reading, troubleshooting.',
  account:
    'Sign in, login, log in, password, PIN, verification code, two-factor, SMS, locked out, hacked, account, profile, my name, email address, phone number, register, registered, confirm, user, owner, access for family or a colleague, transfer or move the home, personal data, delete, export, forget, unsubscribe, marketing.',
  shipping:
    'Parcel, package, shipment, order not arrived yet, arrive, deliver, delivered, delivery address or date, tracking, track, courier, carrier, driver, dispatch, ship, shipped, depot, pick up, neighbour, customs, import duty, express, missing from the box, waiting, warehouse, lost in the mail.',
  returns:
    'Return, send back, sending it back, give back, take it back, exchange, swap, replace, replacement, new one, another one, warranty, return label, return form, withdraw from the purchase, repair, defective, broken, cracked, scratched, wrong colour, wrong size, does not fit, not what I expected, second-hand, opened items, unpacked, two by mistake.',
  sales:
    'Before I buy: which model do I need, compatible, fit, support, difference, choose, choosing, quote, price list, how much does it cost, offer, plan features, discount for students, in stock, available, sell, shop, demo, advise, suggest, interested, new model, order ten, starter kit, hotel, rooms, installers, electrician.',
};

const says = (words: RegExp) => (text: string) => words.test(text);

/** Sure signs only, the most telling first: what none of them matches is somebody else's to decide. */
export const byRules = rules({
  name: 'by-rules',
  input: z.string(),
  rules: [
    {
      name: 'nothing bought yet',
      when: says(
        /\b(?:before (?:i (?:buy|place)|ordering)|not bought|quote|in stock|price list|compatible|would order|which (?:\w+ )?do i need|do you (?:sell|plan|have a discount))\b/i,
      ),
      to: sales,
    },
    {
      name: 'sends it back',
      when: says(
        /\b(?:(?:send|give|take|sending) (?:it|one|\w+ \w+) back|exchange|swap|warranty|return (?:label|form|it)|returning|withdraw from)\b/i,
      ),
      to: returns,
    },
    {
      name: 'a parcel under way',
      when: says(
        /\b(?:parcel|package|shipment|courier|carrier|tracking|customs|delivery address|deliver(?:y|ed)?)\b/i,
      ),
      to: shipping,
    },
    {
      name: 'signing in',
      when: says(
        /\b(?:password|sign in|log ?in|two-factor|verification code|(?:my|the) profile|(?:my|delete|move|another) account|email address|unsubscribe|personal data)\b/i,
      ),
      to: account,
    },
    {
      name: 'money taken or owed',
      when: says(
        /\b(?:invoices?|charged?|charges|billed|bill|receipt|payments?|refund(?:ed)?|subscription|debited|bank|overpaid)\b/i,
      ),
      to: billing,
    },
    {
      name: 'something fails',
      when: says(
        /\b(?:error|crash(?:es)?|bug|freezes|frozen|firmware|pair(?:ing)?|wi-?fi|connect(?:ion)?|offline|restarts?|reboots?|stopped working|does not respond|battery|stuck|slow)\b/i,
      ),
      to: technical,
    },
  ],
});

export const byWords = similarity({ name: 'by-similarity', among, describe });

export const byModel = classifier({
  name: 'by-classifier',
  among,
  describe,
  instructions:
    'Who can do what the writer asks for? Something that does not work is technical until its owner wants it taken back or replaced, which is returns. Ending a subscription is billing. A parcel that is not there yet is shipping. What is asked before buying is sales.',
});

/** The cheapest first; each passes on what it is not sure of. */
export const chain = firstOf(byRules, byWords, byModel);
