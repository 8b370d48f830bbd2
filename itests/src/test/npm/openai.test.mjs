import assert from 'node:assert/strict';
import { test } from 'node:test';
import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { z } from 'zod';
import { apiKey, origin, pixel, timeSchema, weatherSchema } from './gateway.mjs';

const client = new OpenAI({ apiKey, baseURL: `${origin}/api/v1`, maxRetries: 0 });
const say = (content, more = {}) => ({ model: 'sandbox/parrot', messages: [{ role: 'user', content }], ...more });
const functions = [
  { name: 'weather', parameters: weatherSchema, strict: true },
  { name: 'time', parameters: timeSchema, strict: true },
];
const tools = functions.map((one) => ({ type: 'function', function: one }));
const responseTools = functions.map((one) => ({ type: 'function', ...one }));
const Weather = z.object({ city: z.enum(['Paris']), days: z.int().min(2).max(2) });

test('a chat', async () => {
  const { data: completion, response } = await client.chat.completions.create(say('Grüße 😀')).withResponse();

  assert.equal(completion.choices[0].message.content, 'Grüße 😀');
  assert.equal(completion.choices[0].finish_reason, 'stop');
  assert.equal(completion.usage.total_tokens, completion.usage.prompt_tokens + completion.usage.completion_tokens);
  assert.equal(response.headers.get('x-generation-id'), completion.id);
});

test('a picture', async () => {
  const parts = [
    { type: 'text', text: 'What is this?' },
    { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}` } },
  ];

  assert.match((await client.chat.completions.create(say(parts))).choices[0].message.content, /What is this\?/);
});

test('a streamed chat', async () => {
  const runner = client.chat.completions.stream(say('one two three', { stream_options: { include_usage: true } }));
  const completion = await runner.finalChatCompletion();

  assert.equal(completion.choices[0].message.content, 'one two three');
  assert.ok(completion.usage.total_tokens > 0);
});

test('tools at once, streamed', async () => {
  const completion = await client.chat.completions.stream(say('both, in parallel', { tools })).finalChatCompletion();

  assert.deepEqual(
    completion.choices[0].message.tool_calls.map((call) => [call.function.name, JSON.parse(call.function.arguments)]),
    [
      ['weather', { city: 'Paris', days: 2 }],
      ['time', { zone: 'UTC' }],
    ],
  );
  assert.equal(completion.choices[0].finish_reason, 'tool_calls');
});

test('an answer by a schema, parsed', async () => {
  const completion = await client.chat.completions.parse(
    say('anything', { response_format: zodResponseFormat(Weather, 'weather') }),
  );

  assert.deepEqual(completion.choices[0].message.parsed, { city: 'Paris', days: 2 });
});

test('embeddings', async () => {
  const answer = await client.embeddings.create({ model: 'sandbox/embed', input: ['a', 'b'], dimensions: 8 });

  assert.deepEqual(answer.data.map((one) => one.embedding.length), [8, 8]);
});

test('the list of models', async () => {
  const ids = [];
  for await (const model of client.models.list()) {
    ids.push(model.id);
  }

  assert.ok(ids.includes('sandbox/parrot'));
  assert.equal((await client.models.retrieve('sandbox/parrot')).id, 'sandbox/parrot');
});

test('a response', async () => {
  const response = await client.responses.create({
    model: 'sandbox/parrot',
    instructions: 'Be brief.',
    input: 'Good morning',
  });

  assert.equal(response.object, 'response');
  assert.equal(response.status, 'completed');
  assert.equal(response.output_text, 'Good morning');
  assert.equal(response.store, false);
  assert.ok(response.usage.total_tokens > 0);
});

test('a response to items: a picture, an answer before', async () => {
  const response = await client.responses.create({
    model: 'sandbox/parrot',
    input: [
      { role: 'user', content: 'Hello' },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi', annotations: [] }] },
      {
        role: 'user',
        content: [
          { type: 'input_text', text: 'What is this?' },
          { type: 'input_image', image_url: `data:image/png;base64,${pixel}`, detail: 'auto' },
        ],
      },
    ],
  });

  assert.match(response.output_text, /What is this\?/);
});

test('a streamed response', async () => {
  const stream = client.responses.stream({ model: 'sandbox/parrot', input: 'one two three' });
  const types = [];
  const numbers = [];
  for await (const event of stream) {
    types.push(event.type);
    numbers.push(event.sequence_number);
  }
  const response = await stream.finalResponse();

  assert.equal(response.output_text, 'one two three');
  assert.deepEqual(numbers, [...numbers.keys()]);
  assert.deepEqual(
    types.filter((type, i) => type !== types[i - 1]),
    [
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ],
  );
});

test('a response that calls tools, streamed, and what they return', async () => {
  const asked = { model: 'sandbox/parrot', tools: responseTools, input: [{ role: 'user', content: 'in parallel' }] };
  const called = await client.responses.stream(asked).finalResponse();
  const calls = called.output.filter((item) => item.type === 'function_call');

  assert.deepEqual(calls.map((call) => [call.name, JSON.parse(call.arguments)]), [
    ['weather', { city: 'Paris', days: 2 }],
    ['time', { zone: 'UTC' }],
  ]);

  const answered = await client.responses.create({
    ...asked,
    input: [
      ...asked.input,
      ...called.output,
      ...calls.map((call) => ({ type: 'function_call_output', call_id: call.call_id, output: 'sunny' })),
    ],
  });
  assert.match(answered.output_text, /sunny/);
});

test('a response that calls a custom tool', async () => {
  const response = await client.responses.create({
    model: 'sandbox/parrot',
    tools: [{ type: 'custom', name: 'shell', description: 'Runs a command' }],
    input: 'list the files',
  });

  assert.equal(response.output[0].type, 'custom_tool_call');
  assert.equal(response.output[0].name, 'shell');
  assert.equal(typeof response.output[0].input, 'string');
});

test('a response by a schema, parsed', async () => {
  const response = await client.responses.parse({
    model: 'sandbox/parrot',
    input: 'anything',
    text: { format: zodTextFormat(Weather, 'weather') },
  });

  assert.deepEqual(response.output_parsed, { city: 'Paris', days: 2 });
});

test('a response that is cut at its limit says so', async () => {
  const response = await client.responses.create({
    model: 'sandbox/parrot',
    input: 'one two three four five six',
    max_output_tokens: 2,
  });

  assert.equal(response.status, 'incomplete');
  assert.equal(response.incomplete_details.reason, 'max_output_tokens');
});

test('what needs stored responses is refused', async () => {
  await assert.rejects(
    client.responses.create({ model: 'sandbox/parrot', input: 'Hi', previous_response_id: 'resp_1' }),
    (error) => error instanceof OpenAI.BadRequestError && error.param === 'previous_response_id',
  );
});

test('errors are of the classes that the client knows', async () => {
  const wrongKey = new OpenAI({ apiKey: 'sk-wrong', baseURL: `${origin}/api/v1`, maxRetries: 0 });
  const ask = (model, more) => client.chat.completions.create(say('Hi', { model, ...more }));

  await assert.rejects(wrongKey.chat.completions.create(say('Hi')), OpenAI.AuthenticationError);
  await assert.rejects(ask('nobody/knows'), OpenAI.NotFoundError);
  await assert.rejects(ask('sandbox/parrot', { temperature: 9 }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, 'temperature');
    return true;
  });
  await assert.rejects(ask('sandbox/rate-limited'), OpenAI.RateLimitError);
  await assert.rejects(ask('sandbox/failing'), OpenAI.InternalServerError);
  await assert.rejects(
    client.responses.create({ model: 'sandbox/rate-limited', input: 'Hi' }),
    OpenAI.RateLimitError,
  );
});

test('a failure is tried again, as the client does', async () => {
  const patient = new OpenAI({ apiKey, baseURL: `${origin}/api/v1`, maxRetries: 2 });

  for (let i = 0; i < 2; i++) {
    assert.ok((await patient.chat.completions.create(say('Hi', { model: 'sandbox/flaky' }))).id);
  }
});

test('a broken stream is an error', async () => {
  await assert.rejects(client.chat.completions.stream(say('Hi', { model: 'sandbox/cut' })).finalChatCompletion());
  const events = [];
  for await (const event of await client.responses.create({ model: 'sandbox/cut', input: 'Hi', stream: true })) {
    events.push(event);
  }
  assert.equal(events.at(-1).type, 'response.failed');
  assert.equal(events.at(-1).response.error.code, 'server_error');
});

test('a stream can be left', async () => {
  const stream = await client.chat.completions.create(say('Hi', { model: 'sandbox/drip', stream: true }));
  let chunks = 0;
  for await (const chunk of stream) {
    chunks += chunk.choices.length;
    if (chunks === 2) {
      break;
    }
  }

  assert.equal(chunks, 2);
});
