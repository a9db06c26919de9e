/** The document of `baton deployment`. */
import { z } from 'zod';
import type { Wire } from '../../contracts/data/wire-schema.js';

export const Deployment = z
  .object({
    name: z.string().describe('Its name, as `baton worker --deployment` gives it.'),
    current: z
      .string()
      .optional()
      .describe('The build that begins new runs; without one no new run begins, but on unversioned workers.'),
    ramping: z
      .object({
        build: z.string().describe('The build that begins a share of the new runs.'),
        percent: z.number().describe('The share.'),
      })
      .optional()
      .describe('A build that is tried with a part of the new runs.'),
    builds: z.array(z.string()).describe('All that the server knows, the newest first.'),
  })
  .meta({ id: 'Deployment', description: 'Versioned workers under one name.' });
export type Deployment = Wire<typeof Deployment>;

export const DeploymentDocument = z
  .object({ deployments: z.array(Deployment).describe('As they are when the command ends.') })
  .describe('`baton deployment`: versioned workers, and which build begins new runs.');
