import assert from 'node:assert/strict';
import { test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { apiKey, origin, pixel, timeSchema, weatherSchema } from './gateway.mjs';

const client = new Anthropic({ apiKey, baseURL: `${origin}/api`, maxRetries: 0 });
const say = (content, more = {}) => ({
  model: 'sandbox/parrot',
  max_tokens: 1000,
  messages: [{ role: 'user', content }],
  ...more,
});
const tools = [
  { name: 'weather', description: 'How it will be', input_schema: weatherSchema },
  { name: 'time', description: 'What time it is', input_schema: timeSchema },
];

test('a message', async () => {
  const message = await client.messages.create(say('Good morning, Grüße 😀'));

  assert.equal(message.type, 'message');
  assert.equal(message.role, 'assistant');
  assert.deepEqual(message.content.map((block) => [block.type, block.text]), [['text', 'Good morning, Grüße 😀']]);
  assert.equal(message.stop_reason, 'end_turn');
  assert.equal(message.model, 'sandbox/parrot');
  assert.ok(message.usage.input_tokens > 0 && message.usage.output_tokens > 0);
  assert.match(message._request_id, /^req-/);
});

test('a message with a bearer token', async () => {
  const bearer = new Anthropic({ apiKey: null, authToken: apiKey, baseURL: `${origin}/api` });

  assert.equal((await bearer.messages.create(say('Hi'))).content[0].text, 'Hi');
});

test('a system prompt, blocks and a picture', async () => {
  const message = await client.messages.create(
    say(
      [
        { type: 'text', text: 'What is this?', cache_control: { type: 'ephemeral' } },
        { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel } },
      ],
      { system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral' } }] },
    ),
  );

  assert.match(message.content[0].text, /What is this\?/);
});

test('a stream', async () => {
  const stream = client.messages.stream(say('one two three four'));
  const texts = [];
  stream.on('text', (text) => texts.push(text));
  const message = await stream.finalMessage();

  assert.ok(texts.length > 1);
  assert.equal(texts.join(''), 'one two three four');
  assert.equal(message.content[0].text, 'one two three four');
  assert.equal(message.stop_reason, 'end_turn');
  assert.ok(message.usage.output_tokens > 0);
  assert.ok(message.usage.input_tokens > 0);
});

test('the events of a stream come in their order', async () => {
  const types = [];
  for await (const event of await client.messages.create(say('one two', { stream: true }))) {
    types.push(event.type);
  }

  assert.deepEqual(
    types.filter((type, i) => type !== types[i - 1]),
    [
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ],
  );
});

test('a tool is called, and its result answered', async () => {
  const called = await client.messages.create(say('What will it be like?', { tools }));
  const call = called.content.find((block) => block.type === 'tool_use');

  assert.equal(called.stop_reason, 'tool_use');
  assert.equal(call.name, 'weather');
  assert.deepEqual(call.input, { city: 'Paris', days: 2 });

  const answered = await client.messages.create({
    ...say('', { tools }),
    messages: [
      { role: 'user', content: 'What will it be like?' },
      { role: 'assistant', content: called.content },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: call.id, content: 'sunny, 23 degrees' }] },
    ],
  });
  assert.equal(answered.stop_reason, 'end_turn');
  assert.match(answered.content[0].text, /sunny, 23 degrees/);
});

test('two tools at once, streamed', async () => {
  const message = await client.messages.stream(say('both, in parallel', { tools })).finalMessage();
  const calls = message.content.filter((block) => block.type === 'tool_use');

  assert.deepEqual(calls.map((call) => [call.name, call.input]), [
    ['weather', { city: 'Paris', days: 2 }],
    ['time', { zone: 'UTC' }],
  ]);
  assert.equal(message.stop_reason, 'tool_use');
});

test('a tool that has to be called', async () => {
  const message = await client.messages.create(
    say('anything', { tools, tool_choice: { type: 'tool', name: 'time' } }),
  );

  assert.equal(message.content[0].name, 'time');
});

test('an answer by a schema', async () => {
  const message = await client.messages.create(
    say('anything', { output_config: { format: { type: 'json_schema', schema: weatherSchema } } }),
  );

  assert.deepEqual(JSON.parse(message.content[0].text), { city: 'Paris', days: 2 });
});

test('an answer that is cut at its limit says so', async () => {
  const message = await client.messages.create(say('one two three four five six', { max_tokens: 2 }));

  assert.equal(message.stop_reason, 'max_tokens');
});

test('tokens are counted', async () => {
  const counted = await client.messages.countTokens({
    model: 'sandbox/parrot',
    messages: [{ role: 'user', content: 'hello world '.repeat(50) }],
  });

  assert.ok(counted.input_tokens > 90 && counted.input_tokens < 130, String(counted.input_tokens));
});

test('errors are of the classes that the client knows', async () => {
  const wrongKey = new Anthropic({ apiKey: 'sk-wrong', baseURL: `${origin}/api`, maxRetries: 0 });

  await assert.rejects(wrongKey.messages.create(say('Hi')), Anthropic.AuthenticationError);
  await assert.rejects(client.messages.create(say('Hi', { model: 'nobody/knows' })), Anthropic.NotFoundError);
  await assert.rejects(client.messages.create(say('Hi', { temperature: 9 })), (error) => {
    assert.ok(error instanceof Anthropic.BadRequestError);
    assert.equal(error.error.type, 'error');
    assert.equal(error.error.error.type, 'invalid_request_error');
    assert.match(error.message, /temperature/);
    return true;
  });
  await assert.rejects(client.messages.create(say('Hi', { model: 'sandbox/rate-limited' })), (error) => {
    assert.ok(error instanceof Anthropic.RateLimitError);
    assert.equal(error.headers.get('retry-after'), '1');
    return true;
  });
  await assert.rejects(client.messages.create(say('Hi', { model: 'sandbox/overloaded' })), (error) => {
    assert.equal(error.status, 529);
    assert.equal(error.error.error.type, 'overloaded_error');
    return true;
  });
});

test('a stream that breaks ends with an error', async () => {
  await assert.rejects(client.messages.stream(say('Hi', { model: 'sandbox/cut' })).finalMessage(), Anthropic.APIError);
});

test('a stream can be left', async () => {
  const stream = client.messages.stream(say('Hi', { model: 'sandbox/drip' }));
  await new Promise((resolve) => stream.once('text', resolve));
  stream.abort();

  await assert.rejects(stream.finalMessage(), Anthropic.APIUserAbortError);
});
