/** The documents of `baton engine`, `dev`, `worker` and `doctor`. */
import { z } from 'zod';

const address = z.string().describe('`host:port` of the server.');
const webUi = z.string().optional().describe('The Temporal Web UI, where it is known.');

export const EngineDocument = z
  .object({
    address,
    webUi,
    pid: z.int().describe("The server's process."),
    database: z.string().describe('The file that holds all runs.'),
    log: z.string().describe("The server's log."),
  })
  .describe('`baton engine`: the server that is up.');

export const EngineStopDocument = z
  .object({
    stopped: z.boolean().describe('False when no engine ran for this folder.'),
  })
  .describe('`baton engine stop`: whether there was one to stop.');

export const ServingDocument = z
  .object({
    address,
    namespace: z.string().describe('The Temporal namespace.'),
    webUi,
    inbox: z
      .string()
      .optional()
      .describe('`baton dev`: a link into the inbox page, for this user, once, within ten minutes.'),
    taskQueue: z.string().describe('The queue that the worker polls.'),
    permissions: z
      .array(z.string())
      .describe('The permissions whose tools it carries out, each on the queue `<taskQueue>.<permission>`.'),
    workflows: z
      .array(z.string())
      .describe('The workflow types it serves; none where it only carries out tools that need a permission.'),
    models: z
      .record(z.string(), z.string())
      .describe('The models, by the names that agents use; `offline` asks no provider.'),
  })
  .describe('`baton dev` and `baton worker`: what is served, as soon as it is.');

export const DoctorDocument = z
  .object({
    ok: z.boolean().describe('Whether every check is.'),
    checks: z
      .array(
        z.object({
          check: z.string().describe('The name of the check.'),
          ok: z.boolean().describe('Whether it is as a run needs it.'),
          detail: z.string().describe('The finding.'),
          remedy: z.string().optional().describe('The fix, or advice if the check is ok.'),
        }),
      )
      .describe('In the order in which they were made.'),
    webUi: z
      .object({
        views: z
          .array(
            z.object({
              name: z.string().describe('The name of the view.'),
              query: z.string().describe('Its query.'),
              url: z.string().exactOptional().describe('Its address, if the Web UI is known.'),
            }),
          )
          .describe('Views of the workflow list.'),
        script: z.string().describe('Adds the views and the columns, in the console of the browser.'),
      })
      .exactOptional()
      .describe('With `--web-ui`: views for the Temporal Web UI.'),
  })
  .describe('`baton doctor`: what was looked at and found.');
