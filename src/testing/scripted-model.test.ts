import { describe, expect, it } from 'vitest';
import { ModelError, type ModelRequest } from '../models/model/model.js';
import { scriptedModel, type ScriptedStep } from './scripted-model.js';

const requestOf = (agent: string): ModelRequest => ({
  agent,
  system: 'S',
  messages: [{ role: 'user', content: 'Go.', source: 'task' }],
  tools: [],
  input: 'Go.',
});
const options = () => ({ signal: new AbortController().signal });

describe('scriptedModel', () => {
  it('steps: each agent gets its own steps in order when agents take turns', async () => {
    const model = scriptedModel({ a: [{ content: 'a0' }, { content: 'a1' }], b: [{ content: 'b0' }] });
    const said: string[] = [];
    for (const agent of ['a', 'b', 'a'])
      said.push((await model.generate(requestOf(agent), options())).content);
    expect(said).toEqual(['a0', 'b0', 'a1']);
    expect(model.calls.map(({ agent }) => agent)).toEqual(['a', 'b', 'a']);
  });

  it('steps: whichever agent asks next is served when the script is one array', async () => {
    const model = scriptedModel([{ content: 'x' }, { content: 'y' }]);
    expect((await model.generate(requestOf('a'), options())).content).toBe('x');
    expect((await model.generate(requestOf('b'), options())).content).toBe('y');
    await expect(model.generate(requestOf('a'), options())).rejects.toThrow(/call 1 .* agent a: .* 2 in all/);
  });

  it('steps: text, values, tool calls and full responses become answers', async () => {
    const full = {
      content: 'No.',
      toolCalls: [],
      finish: 'refusal',
      usage: { inputTokens: 1, outputTokens: 2 },
      model: 'm',
    } as const;
    const model = scriptedModel({
      a: [
        { content: 'text', usage: { inputTokens: 5, outputTokens: 6 } },
        { output: { n: 1 } },
        {
          toolCalls: [
            { name: 't', args: {} },
            { name: 't', args: {}, id: 'mine' },
          ],
        },
        { toolCalls: [{ name: 't', args: 1 }], content: 'Let me see.' },
        full,
      ],
    });
    const answers = [];
    for (let call = 0; call < 5; call += 1) answers.push(await model.generate(requestOf('a'), options()));
    expect(answers).toEqual([
      {
        content: 'text',
        toolCalls: [],
        finish: 'stop',
        usage: { inputTokens: 5, outputTokens: 6 },
        model: 'scripted',
      },
      { content: '{"n":1}', toolCalls: [], finish: 'stop', usage: expect.anything(), model: 'scripted' },
      expect.objectContaining({
        content: '',
        finish: 'tools',
        toolCalls: [
          { id: 'call-1', name: 't', args: {} },
          { id: 'mine', name: 't', args: {} },
        ],
      }),
      expect.objectContaining({ content: 'Let me see.', toolCalls: [{ id: 'call-2', name: 't', args: 1 }] }),
      full,
    ]);
  });

  it('function: it sees the request and the agent’s own call index when it makes the step', async () => {
    const model = scriptedModel({
      a: ({ system }, index): ScriptedStep => ({ content: `${system}${index}` }),
      b: [{ content: '' }],
    });
    await model.generate(requestOf('b'), options());
    expect((await model.generate(requestOf('a'), options())).content).toBe('S0');
    expect((await model.generate(requestOf('a'), options())).content).toBe('S1');
  });

  it('error: the error of a step is thrown as it is, and the next call gets the next step', async () => {
    const error = new ModelError('MODEL_RATE_LIMITED', 'slow down', true, 10);
    const model = scriptedModel({ a: [{ error }, { content: 'ok' }] });
    await expect(model.generate(requestOf('a'), options())).rejects.toBe(error);
    expect((await model.generate(requestOf('a'), options())).content).toBe('ok');
    expect(model.calls).toHaveLength(2);
  });

  it('exhausted: an error without retry names agent and call when steps run out or the agent is unknown', async () => {
    const model = scriptedModel({ a: [] });
    await expect(model.generate(requestOf('a'), options())).rejects.toMatchObject({
      code: 'MODEL_REQUEST_REJECTED',
      retryable: false,
      message: expect.stringMatching(/call 0 .* agent a: it has steps 0 for this agent/),
    });
    await expect(model.generate(requestOf('toString'), options())).rejects.toThrow(
      /agent toString: .* only for a/,
    );
  });

  it('calls: a request is kept as it was when the caller changes it afterwards', async () => {
    const model = scriptedModel([{ content: 'x' }]);
    const request = { ...requestOf('a'), input: { list: [1] } };
    await model.generate(request, options());
    request.input.list.push(2);
    expect(model.calls[0]?.request.input).toEqual({ list: [1] });
  });

  it('abort: an AbortError when the signal fires before the call or while a step is pending', async () => {
    const model = scriptedModel({ a: () => new Promise<ScriptedStep>(() => undefined) });
    const controller = new AbortController();
    const answer = expect(
      model.generate(requestOf('a'), { signal: controller.signal }),
    ).rejects.toMatchObject({ name: 'AbortError' });
    controller.abort();
    await answer;
    await expect(model.generate(requestOf('a'), { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(model.calls).toHaveLength(1);
  });
});
