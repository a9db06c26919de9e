/** How customers describe lights. */
import { describe, expect, test } from 'vitest';
import { lightAnswered, lightIn, sayLight, WHICH_LIGHT } from './light.js';

const red3 = { colour: 'red', blinks: 3 };

describe('in a message', () => {
  test.each([
    ['The light on the front blinks red three times, over and over.', red3],
    ['I paid twice. The LED is red and flashes 3x.', red3],
    ['The light of the router is orange.', { colour: 'orange', blinks: 0 }],
    ['An amber light, it does not blink.', { colour: 'orange', blinks: 0 }],
    ['It blinks white once, then pauses.', { colour: 'white', blinks: 1 }],
  ])('light: "%s"', (message, light) => {
    expect(lightIn(message)).toEqual(light);
  });

  test.each([
    ['no light', 'The router is dead.'],
    ['a colour of something else', 'I bought the red one. It is dead.'],
    ['a blinking light without a count', 'The light blinks red.'],
    ['a count without a colour', 'The light blinks three times.'],
  ])('light: no light is invented when a message names %s', (_what, message) => {
    expect(lightIn(message)).toBeUndefined();
  });
});

describe('in an answer', () => {
  test.each([
    ['red, three times', red3],
    ['Red. 3 times in a row', red3],
    ['steady orange', { colour: 'orange', blinks: 0 }],
    [`${WHICH_LIGHT} ${sayLight({ colour: 'red', blinks: 3 })}`, red3],
    [`${WHICH_LIGHT} ${sayLight({ colour: 'red', blinks: 1 })}`, { colour: 'red', blinks: 1 }],
    [`${WHICH_LIGHT} ${sayLight({ colour: 'white', blinks: 0 })}`, { colour: 'white', blinks: 0 }],
  ])('light: "%s"', (answer, light) => {
    expect(lightAnswered(answer)).toEqual(light);
  });

  test('light: the question alone answers nothing', () => {
    expect(lightAnswered(WHICH_LIGHT)).toBeUndefined();
    expect(lightAnswered('I have tried turning it off')).toBeUndefined();
  });
});
