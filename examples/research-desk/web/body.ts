/** Reads the body of a response as text, up to a size. */
import type { IncomingMessage } from 'node:http';
import { FetchFailure } from './refusal.js';

const TEXT =
  /^(?:text\/[\w.+-]+|application\/(?:[\w.-]+\+)?(?:json|xml|yaml)|application\/(?:x-)?(?:javascript|ecmascript|typescript|ndjson|yaml|toml|sh)|application\/(?:graphql|jsonl|json5|sql|rtf))$/;

export interface TextBody {
  readonly contentType: string;
  readonly text: string;
  readonly truncated: boolean;
}

/**
 * Reads at most `maxBytes`, and closes the connection if there is more.
 *
 * @throws {FetchFailure} when the body is not text, or breaks off.
 */
export async function readText(answer: IncomingMessage, maxBytes: number): Promise<TextBody> {
  const contentType = answer.headers['content-type'] ?? '';
  const [type = ''] = contentType.split(';');
  const encoding = answer.headers['content-encoding'] ?? 'identity';
  if (!TEXT.test(type.trim().toLowerCase()))
    throw new FetchFailure(
      contentType === ''
        ? 'The answer does not say that it is text.'
        : `The answer is ${type.trim()}, which is not text.`,
    );
  if (encoding.toLowerCase() !== 'identity')
    throw new FetchFailure(`The answer is compressed (${encoding}), which was not asked for.`);
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop early destroys the stream and the connection.
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    chunks.push(chunk.subarray(0, maxBytes - size));
    size += chunk.length;
    if (size > maxBytes) break;
  }
  const bytes = Buffer.concat(chunks);
  if (bytes.includes(0) && !/utf-?16/i.test(contentType))
    throw new FetchFailure('The answer says that it is text, but is binary.');
  const truncated = size > maxBytes;
  return { contentType, text: decode(bytes, contentType, truncated), truncated };
}

function decode(bytes: Buffer, contentType: string, truncated: boolean): string {
  const charset = /;\s*charset=["']?([\w.:-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    // In stream mode, a character that the limit has cut is left out.
    return new TextDecoder(charset).decode(bytes, { stream: truncated });
  } catch {
    throw new FetchFailure(`The answer is in ${charset}, which cannot be read.`);
  }
}
