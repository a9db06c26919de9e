/** How triage classifies messages without a provider. */
import { describe, expect, test } from 'vitest';
import { classify } from './classify.js';

const wishes = (message: string) => classify(message)?.wishes;

describe('topics', () => {
  test.each([
    ['My Halo 2 has stopped working, its light blinks red.', 'technical', []],
    ['I paid by card and was charged twice for my router.', 'billing', []],
    ['Please cancel Halo Plus.', 'account', []],
    ['Refund invoice I-4101: the router is dead. Keep my subscription.', 'billing', ['technical', 'account']],
    ['My internet is down and I want my money back for this month.', 'technical', ['billing']],
  ])('classify: "%s" is for %s first', (message, topic, alsoAbout) => {
    expect(classify(message)).toMatchObject({ topic, alsoAbout });
  });

  test('classify: a device that is only named is not a technical problem', () => {
    expect(classify('I paid for the router by card, and it was booked again.')?.alsoAbout).toEqual([]);
  });

  test('classify: the confidence is the share of words that speak for the topic, and the reason names them', () => {
    expect(classify('The refund for invoice I-1? My router is dead.')).toMatchObject({
      confidence: 0.67,
      why: '"refund", "invoice"',
    });
  });

  test('classify: a message without such words has no topic', () => {
    expect(classify('Good morning, what a lovely day.')).toBeUndefined();
  });
});

describe('wishes', () => {
  test.each([
    ['I want a refund.', ['refund']],
    ['Please pay one of the two invoices back.', ['refund']],
    ['I was charged twice, please pay one of them back.', ['refund']],
    ['The light is red, please send me another.', ['replacement']],
    ['It is broken; can you fix it?', ['repair']],
    ['My money back, please. And cancel my subscription.', ['refund', 'end-subscription']],
    ['Charged twice! Do not cancel my plan for it.', ['keep-subscription']],
    ['It is broken. Keep my subscription, I buy another one.', ['keep-subscription']],
    ['It is broken. I cannot keep on like this.', []],
  ])('classify: in "%s"', (message, expected) => {
    expect(wishes(message)).toEqual(expected);
  });

  test('classify: a customer who cannot work is urgent', () => {
    expect(classify('My internet is down, I work from home.')?.urgency).toBe('high');
    expect(classify('My internet is down.')?.urgency).toBe('normal');
  });
});
