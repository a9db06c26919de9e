import { describe, expect, test } from 'vitest';
import type { ApprovalRequest } from './approval.js';
import { applyClaim } from './claim.js';

const request = { id: 'w/1' } as ApprovalRequest;
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 1, 12, minute)).toISOString();
const claim = { request: 'w/1', option: 'claim' };

describe('P4 a claim', () => {
  test('claim: expires after 15 minutes, and then another person may claim the request', () => {
    const held = applyClaim(request, claim, 'ada', at(0));
    expect(held.claim).toEqual({ by: 'ada', until: at(15) });
    expect(() => applyClaim(held, claim, 'bob', at(14))).toThrow('is claimed by ada');
    expect(applyClaim(held, claim, 'bob', at(15)).claim).toEqual({ by: 'bob', until: at(30) });
    expect(() => applyClaim(held, { ...claim, option: 'release' }, 'ada', at(15))).toThrow('is not claimed');
  });

  test('claim: its holder can extend it', () => {
    const held = applyClaim(applyClaim(request, claim, 'ada', at(0)), claim, 'ada', at(10));
    expect(held.claim?.until).toBe(at(25));
  });
});
