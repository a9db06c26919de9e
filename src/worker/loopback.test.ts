import { describe, expect, test } from 'vitest';
import { assertProvable, isLoopback } from './loopback.js';

describe('P5 unauthenticated', () => {
  test.each(['127.0.0.1:7233', 'localhost:7233', '[::1]:7233', '127.8.0.1:1'])(
    'loopback: %s is this machine',
    (address) => expect(isLoopback(address)).toBe(true),
  );

  test.each(['10.0.0.1:7233', 'temporal:7233', 'localhost.example.com:7233', '127.0.0.1.example.com:7233'])(
    'unauthenticated: a worker of %s is refused, and says what to do',
    (address) => {
      expect(() => assertProvable({ mode: 'unauthenticated' }, address)).toThrow(
        /approvals\.mode to "signed"/,
      );
      const allowed = { mode: 'unauthenticated', unauthenticatedBeyondLoopback: true } as const;
      expect(() => assertProvable(allowed, address)).not.toThrow();
      expect(() => assertProvable({ mode: 'signed', registry: 'x' }, address)).not.toThrow();
    },
  );
});
