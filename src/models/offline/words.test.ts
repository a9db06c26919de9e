import { describe, expect, it } from 'vitest';
import { computeOverlap, listTerms, tokenize, stem } from './words.js';

describe('tokenize', () => {
  it.each([
    ['callModel', ['callmodel', 'call', 'model']],
    ['HTTPServer', ['httpserver', 'http', 'server']],
    ['max_retries', ['max_retries', 'max', 'retries']],
    ['retry-after-ms', ['retry-after-ms', 'retry', 'after', 'ms']],
    ['package.json.', ['package.json', 'package', 'json']],
    ['sha256', ['sha256', 'sha', '256']],
    ["Baton's owner", ['baton', 'owner']],
    ['Größe café naïve', ['größe', 'café', 'naïve']],
    ['don’t', ["don't"]],
    ['重试策略', ['重试', '试策', '策略']],
    ['', []],
  ])('words: %s is cut into its whole and its parts', (text, expected) => {
    expect(tokenize(text)).toEqual(expected);
  });
});

describe('terms', () => {
  it('terms: stop words go and the rest is folded when a question is asked', () => {
    expect(listTerms('How are the retries being configured?')).toEqual(['retri', 'configur']);
  });

  it('overlap: the share of the left terms when both sides are inflected differently', () => {
    expect(computeOverlap('retrying failed activities', 'An activity that fails is retried')).toBe(1);
    expect(computeOverlap('timers and signals', 'A signal wakes it')).toBe(0.5);
    expect(computeOverlap('the and of', 'anything')).toBe(0);
  });
});

describe('stem', () => {
  // Pairs from the paper and from Porter's own vocabulary list.
  it.each([
    ['caresses', 'caress'],
    ['ponies', 'poni'],
    ['cats', 'cat'],
    ['feed', 'feed'],
    ['agreed', 'agre'],
    ['plastered', 'plaster'],
    ['bled', 'bled'],
    ['motoring', 'motor'],
    ['sing', 'sing'],
    ['conflated', 'conflat'],
    ['hopping', 'hop'],
    ['falling', 'fall'],
    ['filing', 'file'],
    ['happy', 'happi'],
    ['sky', 'sky'],
    ['relational', 'relat'],
    ['conditional', 'condit'],
    ['vietnamization', 'vietnam'],
    ['operator', 'oper'],
    ['triplicate', 'triplic'],
    ['hopefulness', 'hope'],
    ['goodness', 'good'],
    ['revival', 'reviv'],
    ['replacement', 'replac'],
    ['adoption', 'adopt'],
    ['probate', 'probat'],
    ['rate', 'rate'],
    ['cease', 'ceas'],
    ['controll', 'control'],
    ['roll', 'roll'],
    ['configuration', 'configur'],
    ['configures', 'configur'],
    ['retries', 'retri'],
    ['retry', 'retri'],
    ['terminology', 'terminolog'],
    ['visibly', 'visibl'],
    ['generalizations', 'gener'],
  ])('stem: %s becomes %s', (word, expected) => {
    expect(stem(word)).toBe(expected);
  });

  it('stem: a word stays as it is when it is an identifier, a number or not ASCII', () => {
    expect(['max_retries', 'sha256', 'größen', 'is'].map(stem)).toEqual([
      'max_retries',
      'sha256',
      'größen',
      'is',
    ]);
  });
});
