import assert from 'node:assert/strict';
import { test } from 'node:test';
import { OpenRouter } from '@openrouter/sdk';
import { createOpenRouter } from '@openrouter/ai-sdk-provider';
import { generateObject, generateText, stepCountIs, streamText, tool } from 'ai';
import { z } from 'zod';
import { apiKey, origin } from './gateway.mjs';

const client = new OpenRouter({ apiKey, serverURL: `${origin}/api/v1` });
const provider = createOpenRouter({ apiKey, baseURL: `${origin}/api/v1` });
const model = provider.chat('sandbox/parrot');
const Weather = z.object({ city: z.enum(['Paris']), days: z.int().min(2).max(2) });

test('@openrouter/sdk: a chat', async () => {
  const answer = await client.chat.send({
    chatRequest: { model: 'sandbox/parrot', messages: [{ role: 'user', content: 'Good morning' }] },
  });

  assert.equal(answer.choices[0].message.content, 'Good morning');
});

test('@openrouter/sdk: a streamed chat', async () => {
  const stream = await client.chat.send({
    chatRequest: { model: 'sandbox/parrot', stream: true, messages: [{ role: 'user', content: 'one two three' }] },
  });
  let text = '';
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
  }

  assert.equal(text, 'one two three');
});

test('@openrouter/sdk: models', async () => {
  const { result: models } = await client.models.list();

  assert.ok(models.data.some((one) => one.id === 'sandbox/parrot'));
});

test('ai: a text', async () => {
  const answer = await generateText({ model, prompt: 'Good morning' });

  assert.equal(answer.text, 'Good morning');
  assert.ok(answer.usage.totalTokens > 0);
});

test('ai: a streamed text', async () => {
  const answer = streamText({ model, prompt: 'one two three' });
  let text = '';
  for await (const piece of answer.textStream) {
    text += piece;
  }

  assert.equal(text, 'one two three');
  assert.equal(await answer.finishReason, 'stop');
});

test('ai: a tool, called and answered', async () => {
  const answer = await generateText({
    model,
    prompt: 'What will it be like?',
    tools: {
      weather: tool({ description: 'How it will be', inputSchema: Weather, execute: async ({ city }) => `sunny in ${city}` }),
    },
    stopWhen: stepCountIs(3),
  });

  assert.equal(answer.steps.length, 2);
  assert.match(answer.text, /sunny in Paris/);
});

test('ai: an object by a schema', async () => {
  const answer = await generateObject({ model, schema: Weather, prompt: 'anything' });

  assert.deepEqual(answer.object, { city: 'Paris', days: 2 });
});
