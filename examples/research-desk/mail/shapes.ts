/** The data of mail: the report, its destination, and the outcome. */
import { z } from 'zod';

export const Destination = z.object({
  by: z
    .string()
    .describe('"file" for a message in the folder "outbox", else the mail server: smtp://host:port.'),
  from: z.string().describe("The sender's address, with or without a name."),
  to: z.string().describe("The reader's address, with or without a name."),
});
export type Destination = z.infer<typeof Destination>;

export const OutgoingReport = z.object({
  ...Destination.shape,
  subject: z.string().describe('The subject line.'),
  body: z.string().describe('The message, in Markdown.'),
  composedAt: z.string().describe('The time that the message bears: UTC, ISO 8601.'),
});
export type OutgoingReport = z.infer<typeof OutgoingReport>;

export const FileReceipt = z.object({
  kind: z.literal('file'),
  path: z.string().describe('Where the message lies.'),
  messageId: z.string().describe('Its Message-ID.'),
  bytes: z.number().int().describe('Its size.'),
});
export type FileReceipt = z.infer<typeof FileReceipt>;

export const SmtpReceipt = z.object({
  kind: z.literal('smtp'),
  server: z.string().describe('The mail server that took the message on: smtp://host:port.'),
  to: z.string().describe('For whom.'),
  messageId: z.string().describe('Its Message-ID.'),
  response: z.string().describe("The server's answer."),
});
export type SmtpReceipt = z.infer<typeof SmtpReceipt>;

export const MailReceipt = z.discriminatedUnion('kind', [FileReceipt, SmtpReceipt]);
export type MailReceipt = z.infer<typeof MailReceipt>;

export const Delivery = z.discriminatedUnion('kind', [
  FileReceipt,
  SmtpReceipt,
  z.object({
    kind: z.literal('confirmed').describe('The receipt was lost; a person says that it was sent.'),
    by: z.string().describe('The person who says so.'),
  }),
]);
export type Delivery = z.infer<typeof Delivery>;
