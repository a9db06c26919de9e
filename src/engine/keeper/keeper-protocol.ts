/** What passes between a command and the keeper that it starts: the options, and the reason where it fails. */
import { z } from 'zod';
import { type ERRORS, isErrorCode } from '../../contracts/errors.js';

export const KeeperOptions = z.object({
  executable: z.string(),
  /** Until the first lease says otherwise. */
  lingerSeconds: z.number().nonnegative(),
  port: z.int().optional(),
  headless: z.boolean().optional(),
});
export type KeeperOptions = z.infer<typeof KeeperOptions>;

export const KeeperReport = z.object({
  code: z.custom<keyof typeof ERRORS>((value) => typeof value === 'string' && isErrorCode(value)),
  message: z.string(),
  facts: z.record(z.string(), z.unknown()),
});
export type KeeperReport = z.infer<typeof KeeperReport>;
